package io.faultline.collect.enrich;

import io.faultline.model.ClusterSize;
import io.faultline.model.Fleet;
import io.faultline.model.FleetEntry;
import io.faultline.settings.SettingsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Tells the phases behind this one what the inventory's pieces change: out come the nodes, jobs and services that are other
 * than the inventory file has them. All pieces have one key, since what one says may depend on another. A wrong piece is
 * passed over; {@link EnrichLiveFunction} rejects it.
 */
public final class FleetFunction extends KeyedProcessFunction<String, InventoryPiece, FleetEntry> {

    /** Clusters whose number of nodes changed. */
    public static final OutputTag<ClusterSize> SIZES =
            new OutputTag<>("cluster-sizes", TypeInformation.of(ClusterSize.class));

    /** Thousands of pieces come at once when a job starts; they are joined at most so often. */
    private static final long JOIN_MILLIS = 1_000;

    private static final long serialVersionUID = 1L;

    private final EnrichSettings settings;
    private final Fleet file;
    private transient @Nullable LiveInventory inventory;

    /** The inventory: one document a key of the topic, as large as the topic's; ends when the key is taken out. */
    private transient MapState<String, String> pieces;

    /** What the others know: an entry for each name that the pieces speak of; ends when they no longer do. */
    private transient MapState<String, FleetEntry> told;

    /** What they know of sizes: a number a cluster; ends where it is the file's. */
    private transient MapState<String, Integer> sizes;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public FleetFunction(EnrichSettings settings) {
        this.settings = settings;
        this.file = settings.inventory().fleet();
    }

    /** One for all. */
    public static String key(InventoryPiece piece) {
        return "";
    }

    @Override
    public void open(OpenContext context) {
        pieces = state("pieces", Types.STRING);
        told = state("told", TypeInformation.of(FleetEntry.class));
        sizes = state("sizes", Types.INT);
    }

    private <V> MapState<String, V> state(String name, TypeInformation<V> type) {
        return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, Types.STRING, type));
    }

    @Override
    public void processElement(InventoryPiece piece, Context context, Collector<FleetEntry> out) throws Exception {
        try {
            inventory().take(piece);
        } catch (SettingsException e) {
            return;
        }
        if (piece.document().isEmpty()) {
            pieces.remove(piece.key());
        } else {
            pieces.put(piece.key(), piece.document());
        }
        TimerService timers = context.timerService();
        timers.registerProcessingTimeTimer((timers.currentProcessingTime() / JOIN_MILLIS + 1) * JOIN_MILLIS);
        // Where the pieces end, nobody waits for the clock.
        timers.registerEventTimeTimer(Long.MAX_VALUE);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<FleetEntry> out) throws Exception {
        if (!inventory().hasChanged()) {
            return;
        }
        Fleet fleet = inventory().now().fleet();
        tell(fleet, out);
        tellSizes(fleet.sizes(), context);
    }

    private void tell(Fleet fleet, Collector<FleetEntry> out) throws Exception {
        Map<String, FleetEntry> now = new HashMap<>();
        for (FleetEntry entry : fleet.beyond(file)) {
            now.put(entry.key(), entry);
            if (!entry.equals(told.get(entry.key()))) {
                told.put(entry.key(), entry);
                out.collect(entry);
            }
        }
        List<FleetEntry> before = new ArrayList<>();
        told.values().forEach(before::add);
        for (FleetEntry entry : before) {
            if (!now.containsKey(entry.key())) {
                told.remove(entry.key());
                out.collect(entry.withdrawn());
            }
        }
    }

    private void tellSizes(Map<String, Integer> now, OnTimerContext context) throws Exception {
        Map<String, Integer> written = file.sizes();
        Map<String, Integer> known = new TreeMap<>(written);
        for (Map.Entry<String, Integer> size : sizes.entries()) {
            known.put(size.getKey(), size.getValue());
        }
        now.keySet().forEach(cluster -> known.putIfAbsent(cluster, 0));
        for (Map.Entry<String, Integer> before : known.entrySet()) {
            String cluster = before.getKey();
            int size = now.getOrDefault(cluster, 0);
            if (size != before.getValue()) {
                context.output(SIZES, new ClusterSize(cluster, size));
            }
            if (size == written.getOrDefault(cluster, 0)) {
                sizes.remove(cluster);
            } else {
                sizes.put(cluster, size);
            }
        }
    }

    /** After a restart made anew from what was kept. */
    private LiveInventory inventory() throws Exception {
        LiveInventory live = inventory;
        if (live == null) {
            live = new LiveInventory(settings.inventory(), settings.document());
            for (Map.Entry<String, String> piece : pieces.entries()) {
                live.take(new InventoryPiece(piece.getKey(), piece.getValue()));
            }
            inventory = live;
        }
        return live;
    }
}
