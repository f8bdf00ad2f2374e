package io.faultline.detect.match.track;

import static io.faultline.detect.match.SampleRules.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.ChangePattern;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** A step every ten seconds, 60 in a window; the noise is a triangle of one hundredth. */
class ChangeTrackerTest {

    private static final String SLOWER =
            """
            kind: change
            match: kind == 'training.step'
            value: measures.step_time_seconds
            stop: kind == 'training.start'
            window: {size: 10m, slide: 10m}
            by: 0.05
            """;

    private final TrackBench<ChangeState> bench = bench(SLOWER);

    @Test
    void tellsANewLevelOnce() {
        steps(0, 7200, second -> second < 1800 ? 105.2 : 112);

        // The windows from 1200 and from 1800 are the first two that differ.
        assertThat(bench.foundAt()).containsExactly(2400L);
        assertThat(bench.reasons())
                .containsExactly("step_time_seconds: observed 112 (median of 60 in 10m), before it was 105.2 (of 60)");
    }

    @Test
    void slidesByATenthOfTheWindowSoThatAChangeInItsMiddleIsTold() {
        TrackBench<ChangeState> sliding = bench(SLOWER.replace("{size: 10m, slide: 10m}", "{size: 10m}"));
        for (int second = 0; second < 7200; second += 10) {
            sliding.send(step(second, (second < 1500 ? 105.2 : 112) + noise(second)));
        }

        // More than half of the window is new when it ends at 1860, six minutes after the change.
        assertThat(sliding.foundAt()).containsExactly(1860L);
    }

    @Test
    void aTrendBelowAndASpikeAreNoChange() {
        steps(0, 7200, second -> second % 600 < 200 ? 300 : 105 + second / 7200.0);

        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void whatIsWithinTheNoiseIsNoChange() {
        // 80 and 120 in turns; every window has the two as often, but the medians of noise differ.
        steps(0, 7200, second -> second % 70 * 2);

        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void aRestartBeginsAnew() {
        steps(0, 1800, second -> 105.2);
        bench.send(event(EventKind.TRAINING_START, 1800, Measures.NONE));
        steps(1810, 7200, second -> 140);

        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void fewNumbersAreNoLevel() {
        for (int second = 0; second < 7200; second += 100) {
            bench.send(step(second, second < 1800 ? 105 : 300));
        }

        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void keepsAThousandNumbersAndNothingInTheEnd() {
        for (int i = 0; i < 3000; i++) {
            bench.send(step(600 + i / 10, 105));
        }
        assertThat(bench.state("job=train-llm").values()).hasSizeBetween(500, ChangeState.MOST);

        assertThat(bench.until(2700).groups()).isZero();
    }

    private void steps(int from, int until, IntToDoubleFunction seconds) {
        for (int second = from; second < until; second += 10) {
            bench.send(step(second, seconds.applyAsDouble(second) + noise(second)));
        }
        bench.until(until);
    }

    /** Symmetric around 0 with period 50 s, which divides each window. */
    private static double noise(int second) {
        return (second / 10 % 5 - 2) / 200.0;
    }

    private static LogEvent step(int second, double seconds) {
        return event(EventKind.TRAINING_STEP, second, Measures.of("step_time_seconds", seconds));
    }

    private static TrackBench<ChangeState> bench(String rule) {
        return new TrackBench<>(SampleRules.rule("change", rule), ChangePattern.class, ChangeTracker::new);
    }
}
