package io.faultline.detect.summarize;

import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.SeriesKey;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/** Takes an event's numbers apart into samples of series. */
public final class SeriesSamples {

    /** The kinds that are written again and again about the same thing; a number of any other kind is a single fact. */
    private static final Set<EventKind> KINDS = EnumSet.of(
            EventKind.INFERENCE_STATS, EventKind.TRAINING_STEP, EventKind.EVALUATION_RESULT, EventKind.METRIC_SAMPLE);

    /** Positions and counters: they only rise, so their mean over a minute says nothing. */
    private static final Set<String> POSITIONS =
            Set.of("step", "total_steps", "epoch", "consumed_samples", "consumed_tokens", "preemptions_total");

    private SeriesSamples() {}

    /** Gives each finite number of a series to the consumer; NaN and the infinite ones are not counted. */
    public static void of(LogEvent event, Consumer<Sample> consumer) {
        Measures measures = event.measures();
        if (measures.isEmpty() || !KINDS.contains(event.kind())) {
            return;
        }
        Entity entity = seriesEntity(event.entity());
        for (int i = 0; i < measures.size(); i++) {
            String measure = measures.names()[i];
            double value = measures.values()[i];
            if (Double.isFinite(value) && !POSITIONS.contains(measure)) {
                consumer.accept(new Sample(new SeriesKey(entity, measure), value));
            }
        }
    }

    /**
     * The parts that tell series apart. A job's or a replica's numbers go on when it moves to another node, and each
     * rank that prints a step prints the same step; so node, run, rank and model are left out there.
     */
    static Entity seriesEntity(Entity entity) {
        boolean moves = entity.job() != null || entity.replica() != null;
        return new Entity(
                entity.cluster(),
                moves ? null : entity.node(),
                moves ? null : entity.gpu(),
                entity.job(),
                null,
                null,
                entity.service(),
                null,
                entity.replica());
    }
}
