package io.faultline.detect.match.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.SpikePattern;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;

/** The loss is 2; more than twice that in three steps in a row is told. */
class SpikeTrackerTest {

    private final TrackBench<SpikeState> bench = new TrackBench<>(
            SampleRules.rule(
                    "explodes",
                    """
                    kind: spike
                    match: kind == 'training.step'
                    value: measures.loss
                    factor: 2
                    times: 3
                    warm-up: 5
                    """),
            SpikePattern.class,
            SpikeTracker::new);

    @Test
    void tellsTheStepThatMakesTheRunLongEnough() {
        send(2, 2, 2, 2, 2, 5, 6, 7);

        assertThat(bench.foundAt()).containsExactly(7L);
        assertThat(bench.missed()).isEmpty();
    }

    @Test
    void tellsARunThatLacksOneStepAsANearMiss() {
        send(2, 2, 2, 2, 2, 5, 6, 2);

        assertThat(bench.foundAt()).isEmpty();
        assertThat(bench.missed())
                .containsExactly("7s: loss: observed 6, usual are 2; 2 in a row are more than 2 times that");
    }

    @Test
    void saysNothingOfOneHighStep() {
        send(2, 2, 2, 2, 2, 5, 2, 2);

        assertThat(bench.missed()).isEmpty();
    }

    private void send(double... losses) {
        for (int second = 0; second < losses.length; second++) {
            LogEvent step = SampleRules.event(EventKind.TRAINING_STEP, second, Measures.of("loss", losses[second]));
            bench.send(step);
        }
    }
}
