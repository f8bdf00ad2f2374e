package io.faultline.explain.complete;

import io.faultline.model.EventKind;
import io.faultline.model.Incident;
import io.faultline.model.LogEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gives incidents their {@link Completeness}. The key is the cluster's name, empty where it is not known. An incident waits
 * until the watermark says that all that is told of sources up to its moment is there.
 */
public final class CompleteFunction extends KeyedCoProcessFunction<String, Incident, LogEvent, Incident> {

    private static final long serialVersionUID = 1L;

    private static final Duration MEMORY = Duration.ofDays(1);

    /** Per cluster: two numbers a source; each ends by TTL a day after something was last told of it. */
    private transient MapState<String, SourceMark> marks;

    /** Per cluster: the incidents between the watermark and the newest one, by their moment. */
    private transient MapState<Long, Incident[]> pending;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public CompleteFunction() {}

    /** Whether an event tells of a source. */
    public static boolean tells(LogEvent event) {
        return event.kind() == EventKind.SOURCE_QUALITY || event.kind() == EventKind.SOURCE_SILENCE;
    }

    /** The key of an event that tells of a source. */
    public static String cluster(LogEvent event) {
        return Objects.requireNonNullElse(event.entity().cluster(), "");
    }

    @Override
    public void open(OpenContext context) {
        var descriptor = new MapStateDescriptor<>("marks", Types.STRING, TypeInformation.of(SourceMark.class));
        descriptor.enableTimeToLive(StateTtlConfig.newBuilder(MEMORY)
                .cleanupIncrementally(10, false)
                .build());
        marks = getRuntimeContext().getMapState(descriptor);
        pending = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "pending", Types.LONG, Types.OBJECT_ARRAY(TypeInformation.of(Incident.class))));
    }

    @Override
    public void processElement1(Incident incident, Context context, Collector<Incident> out) throws Exception {
        Long stamped = context.timestamp();
        long at = stamped == null ? incident.endedAt().toEpochMilli() : stamped;
        Incident[] before = pending.get(at);
        Incident[] now = before == null ? new Incident[1] : Arrays.copyOf(before, before.length + 1);
        now[now.length - 1] = incident;
        pending.put(at, now);
        context.timerService().registerEventTimeTimer(at);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Incident> out) throws Exception {
        List<SourceMark> known = new ArrayList<>();
        marks.values().forEach(known::add);
        Incident[] ready = pending.get(timestamp);
        pending.remove(timestamp);
        for (Incident incident : ready == null ? new Incident[0] : ready) {
            out.collect(Completeness.of(incident, known));
        }
    }

    @Override
    public void processElement2(LogEvent event, Context context, Collector<Incident> out) throws Exception {
        String source = Objects.requireNonNullElse(event.attributes().get("source"), event.stream());
        long at = event.timestamp().toEpochMilli();
        boolean begins = event.kind() == EventKind.SOURCE_SILENCE
                && "begin".equals(event.attributes().get("state"));
        boolean ends = event.kind() == EventKind.SOURCE_SILENCE && !begins;
        SourceMark before = marks.get(source);
        long heardAt = before == null ? at : Math.max(before.heardAt(), at);
        long since = before == null ? Long.MAX_VALUE : before.silentSince();
        long until = before == null ? Long.MAX_VALUE : before.silentUntil();
        marks.put(
                source,
                begins
                        ? new SourceMark(source, heardAt, at, Long.MAX_VALUE)
                        : new SourceMark(source, heardAt, since, ends ? at : until));
    }
}
