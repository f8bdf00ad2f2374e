package io.faultline.explain.complete;

import io.faultline.model.EventKind;
import io.faultline.model.Incident;
import io.faultline.model.LogEvent;
import java.time.Duration;
import java.util.ArrayList;
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

/** Gives incidents their {@link Completeness}. The key is the cluster's name, empty where it is not known. */
public final class CompleteFunction extends KeyedCoProcessFunction<String, Incident, LogEvent, Incident> {

    private static final long serialVersionUID = 1L;

    private static final Duration MEMORY = Duration.ofDays(1);

    /** Per cluster: two numbers a source; each ends by TTL a day after something was last told of it. */
    private transient MapState<String, SourceMark> marks;

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
    }

    @Override
    public void processElement1(Incident incident, Context context, Collector<Incident> out) throws Exception {
        List<SourceMark> known = new ArrayList<>();
        marks.values().forEach(known::add);
        out.collect(Completeness.of(incident, known));
    }

    @Override
    public void processElement2(LogEvent event, Context context, Collector<Incident> out) throws Exception {
        String source = Objects.requireNonNullElse(event.attributes().get("source"), event.stream());
        long at = event.timestamp().toEpochMilli();
        boolean begins = event.kind() == EventKind.SOURCE_SILENCE
                && "begin".equals(event.attributes().get("state"));
        boolean ends = event.kind() == EventKind.SOURCE_SILENCE && !begins;
        SourceMark before = marks.get(source);
        long silentSince = before == null || ends ? Long.MAX_VALUE : before.silentSince();
        long heardAt = before == null ? at : Math.max(before.heardAt(), at);
        marks.put(source, new SourceMark(source, heardAt, begins ? at : silentSince));
    }
}
