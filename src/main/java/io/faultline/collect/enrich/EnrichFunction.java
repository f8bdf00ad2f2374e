package io.faultline.collect.enrich;

import io.faultline.model.LogEvent;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Carries events past the {@link Enricher} and what the stream's own lines taught through state. Key: the stream. */
public final class EnrichFunction extends KeyedProcessFunction<String, LogEvent, LogEvent> {

    /** A job that is silent for longer has most likely other nodes when it comes again. */
    private static final Duration MEMORY = Duration.ofDays(7);

    private static final long serialVersionUID = 1;

    private final EnrichSettings settings;
    private transient Enricher enricher;
    private transient Learned learned;

    public EnrichFunction(EnrichSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        enricher = new Enricher(settings.inventory());
        learned = new Kept(getRuntimeContext().getMapState(descriptor()));
    }

    @Override
    public void processElement(LogEvent event, Context context, Collector<LogEvent> out) {
        out.collect(enricher.enrich(event, learned));
    }

    /**
     * Key: the stream. One {@link Place} for each rank, process and GPU that a line of it placed, so as many as the job has
     * ranks. Ends by TTL after seven days without being told again.
     */
    static MapStateDescriptor<String, Place> descriptor() {
        var descriptor = new MapStateDescriptor<>("places", Types.STRING, TypeInformation.of(Place.class));
        descriptor.enableTimeToLive(
                StateTtlConfig.newBuilder(MEMORY).cleanupIncrementally(1, false).build());
        return descriptor;
    }

    /** State as the doer sees it. */
    record Kept(MapState<String, Place> places) implements Learned {

        @Override
        public @Nullable Place of(String subject) {
            try {
                return places.get(subject);
            } catch (Exception e) { // what Flink declares
                throw new IllegalStateException("the state of enrich can not be read", e);
            }
        }

        @Override
        public void keep(String subject, Place place) {
            try {
                places.put(subject, place);
            } catch (Exception e) { // what Flink declares
                throw new IllegalStateException("the state of enrich can not be written", e);
            }
        }
    }
}
