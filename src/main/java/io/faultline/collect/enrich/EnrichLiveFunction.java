package io.faultline.collect.enrich;

import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.Rejected;
import io.faultline.settings.SettingsException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * As {@link EnrichFunction}, with an inventory that changes while the job runs. It stands apart because it takes two inputs:
 * every event is copied on its way to it, which a job without the topic need not pay.
 */
public final class EnrichLiveFunction
        extends KeyedBroadcastProcessFunction<String, LogEvent, InventoryPiece, LogEvent> {

    /** Pieces of the inventory that were refused. */
    public static final OutputTag<Rejected> REJECTED = new OutputTag<>("enrich-rejected") {};

    /** The inventory: one document a key of the topic, as large as the topic's; ends when the key is taken out. */
    public static final MapStateDescriptor<String, String> PIECES =
            new MapStateDescriptor<>("inventory", Types.STRING, Types.STRING);

    /** Thousands of pieces come at once when a job starts; the inventory is joined at most so often. */
    private static final long JOIN_MILLIS = 1_000;

    private static final long serialVersionUID = 1;

    private final EnrichSettings settings;
    private transient @Nullable LiveInventory inventory;
    private transient @Nullable Enricher enricher;
    private transient long joinedAt;
    private transient Learned learned;

    public EnrichLiveFunction(EnrichSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        learned = new EnrichFunction.Kept(getRuntimeContext().getMapState(EnrichFunction.descriptor()));
    }

    @Override
    public void processElement(LogEvent event, ReadOnlyContext context, Collector<LogEvent> out) throws Exception {
        LiveInventory live = inventory(context.getBroadcastState(PIECES).immutableEntries());
        Enricher current = enricher;
        long now = context.currentProcessingTime();
        if (current == null || (live.hasChanged() && now - joinedAt >= JOIN_MILLIS)) {
            current = new Enricher(live.now());
            enricher = current;
            joinedAt = now;
        }
        out.collect(current.enrich(event, learned));
    }

    @Override
    public void processBroadcastElement(InventoryPiece piece, Context context, Collector<LogEvent> out)
            throws Exception {
        LiveInventory live = inventory(context.getBroadcastState(PIECES).entries());
        try {
            live.take(piece);
        } catch (SettingsException e) {
            if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
                context.output(REJECTED, rejected(piece, e, context.currentProcessingTime()));
            }
            return;
        }
        if (piece.document().isEmpty()) {
            context.getBroadcastState(PIECES).remove(piece.key());
        } else {
            context.getBroadcastState(PIECES).put(piece.key(), piece.document());
        }
    }

    /** After a restart made anew from what was kept. */
    private LiveInventory inventory(Iterable<Map.Entry<String, String>> kept) {
        LiveInventory live = inventory;
        if (live == null) {
            live = new LiveInventory(settings.inventory(), settings.document());
            for (Map.Entry<String, String> piece : kept) {
                live.take(new InventoryPiece(piece.getKey(), piece.getValue()));
            }
            inventory = live;
        }
        return live;
    }

    private Rejected rejected(InventoryPiece piece, SettingsException problem, long now) {
        String detail = problem.getMessage() == null ? "" : problem.getMessage();
        return new Rejected(
                "enrich",
                Rejected.Reason.MALFORMED,
                Origin.kafka(settings.topic(), 0, -1),
                Instant.ofEpochMilli(now),
                "the piece \"" + piece.key() + "\" of the inventory: " + detail,
                piece.document().getBytes(StandardCharsets.UTF_8));
    }
}
