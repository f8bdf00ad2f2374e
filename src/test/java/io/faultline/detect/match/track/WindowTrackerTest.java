package io.faultline.detect.match.track;

import static io.faultline.detect.match.SampleRules.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.WindowPattern;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTrackerTest {

    private static final String USAGE = "kv_cache_usage_ratio";

    private static final String THRESHOLD =
            """
            kind: threshold
            match: kind == 'inference.stats'
            value: measures.kv_cache_usage_ratio
            """;

    private static final String ERRORS =
            """
            kind: ratio
            match: kind in ['inference.request', 'request.error']
            of: kind == 'request.error'
            condition: {gt: 0.1}
            window: {size: 1m}
            """;

    @Test
    void comparesTheMeanOfATumblingWindowWhenItIsOver() {
        TrackBench<WindowState> bench = threshold("condition: {gt: 0.9}\nwindow: {size: 1m}\n")
                .send(report(0, USAGE, 0.85))
                .send(report(59, USAGE, 0.93))
                .send(report(60, USAGE, 0.89))
                .send(report(119, USAGE, 0.93))
                .until(119);
        assertThat(bench.foundAt()).isEmpty();

        bench.until(120);

        assertThat(bench.foundAt()).containsExactly(120L);
        assertThat(bench.reasons())
                .containsExactly("mean of kv_cache_usage_ratio: observed 0.9100 of 2 events in 1m, told is > 0.9");
        assertThat(bench.groups()).isZero();
    }

    @Test
    void tellsAWindowThatCameToNineTenths() {
        TrackBench<WindowState> bench = threshold("condition: {gt: 0.9}\nwindow: {size: 1m}\n")
                .send(report(0, USAGE, 0.80))
                .send(report(30, USAGE, 0.84))
                .send(report(60, USAGE, 0.80))
                .send(report(120, USAGE, 0.95))
                .until(1000);

        // 0.82 is more than nine tenths of 0.9, which are 0.81; 0.80 is less, 0.95 is told.
        assertThat(bench.missed())
                .containsExactly("60s: mean of kv_cache_usage_ratio: observed 0.8200 of 2 events in 1m, told is > 0.9");
        assertThat(bench.foundAt()).containsExactly(180L);
    }

    @Test
    void tellsAWindowThatFellNearlyAsLow() {
        TrackBench<WindowState> bench = threshold("condition: {lt: 10}\nwindow: {size: 1m}\n")
                .send(report(0, USAGE, 11))
                .send(report(60, USAGE, 11.1))
                .until(1000);

        assertThat(bench.missed()).hasSize(1).first().asString().startsWith("60s: ");
        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void tellsNoNearMissOfAWindowThatIsCutOff() {
        TrackBench<WindowState> bench = threshold("condition: {gt: 0.9}\nwindow: {size: 1m}\n")
                .send(report(0, USAGE, 0.85))
                .end();

        assertThat(bench.missed()).isEmpty();
    }

    @Test
    void slidesByPanes() {
        TrackBench<WindowState> bench = threshold(
                        "aggregate: sum\ncondition: {gte: 3}\nwindow: {size: 3m, slide: 1m}\n")
                .send(report(10, USAGE, 1))
                .send(report(70, USAGE, 1))
                .send(report(150, USAGE, 1))
                .send(report(310, USAGE, 2))
                .until(1000);

        // Windows end each minute: [0, 180) holds three, [60, 240) two, [180, 360) two.
        assertThat(bench.foundAt()).containsExactly(180L);
        assertThat(bench.groups()).isZero();
    }

    @Test
    void endsASessionWhenItsGapIsOver() {
        TrackBench<WindowState> bench = threshold("aggregate: sum\ncondition: {eq: 3}\nwindow: {gap: 1m}\n")
                .send(report(10, USAGE, 1))
                .send(report(69, USAGE, 2))
                .send(report(200, USAGE, 1))
                .send(report(260, USAGE, 2))
                .until(1000);

        // 59 s are no gap, 60 s are.
        assertThat(bench.foundAt()).containsExactly(129L);
        assertThat(bench.groups()).isZero();
    }

    @Test
    void endsASessionThatDoesNotEndWhenItIsTooLong() {
        TrackBench<WindowState> bench = threshold("aggregate: sum\ncondition: {gte: 3}\nwindow: {gap: 1m, size: 2m}\n");
        for (int second = 0; second < 150; second += 30) {
            bench.send(report(second, USAGE, 1));
        }

        assertThat(bench.foundAt()).containsExactly(120L);
    }

    @ParameterizedTest
    @CsvSource({"mean, 50.5", "min, 1", "max, 100", "sum, 5050", "p50, 50", "p99, 99", "last, 100"})
    void aggregates(String aggregate, double expected) {
        TrackBench<WindowState> bench =
                threshold("aggregate: " + aggregate + "\ncondition: {eq: " + expected + "}\nwindow: {size: 10m}\n");
        for (int i = 1; i <= 100; i++) {
            bench.send(report(i, USAGE, i));
        }
        bench.until(600);

        assertThat(bench.foundAt()).containsExactly(600L);
    }

    @Test
    void mergesTheQuantilesOfPanesThatOverflowedIntoSketches() {
        TrackBench<WindowState> bench =
                threshold("aggregate: p99\ncondition: {gt: 880}\nwindow: {size: 15m, slide: 5m}\n");
        for (int i = 1; i <= 899; i++) {
            bench.send(report(i, USAGE, i));
        }
        bench.until(900);

        // The exact one is 891; a rank is off by less than 0.7 %.
        assertThat(bench.foundAt()).containsExactly(900L);
    }

    @Test
    void wantsEnoughEvents() {
        TrackBench<WindowState> bench = threshold("condition: {gt: 0.9}\nwindow: {size: 1m}\nat-least: 3\n")
                .send(report(0, USAGE, 1))
                .send(report(10, USAGE, 1))
                .send(report(60, USAGE, 1))
                .send(report(70, USAGE, 1))
                .send(report(80, USAGE, 1))
                .until(1000);

        assertThat(bench.foundAt()).containsExactly(120L);
    }

    @Test
    void doesNotCountWhatHasNoValue() {
        TrackBench<WindowState> bench = threshold("condition: {gt: 0.9}\nwindow: {size: 1m}\nat-least: 2\n")
                .send(report(0, USAGE, 1))
                .send(report(10, "running_requests", 1))
                .until(1000);

        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void doesNotCompareAWindowThatTheInputsEndCutsOff() {
        TrackBench<WindowState> bench = threshold("condition: {gt: 0.9}\nwindow: {size: 1m}\n")
                .send(report(0, USAGE, 1))
                .end();

        assertThat(bench.foundAt()).isEmpty();
        assertThat(bench.groups()).isZero();
    }

    @Test
    void comparesTheShareOfEventsForWhichAConditionHolds() {
        TrackBench<WindowState> bench = bench(ERRORS);
        for (int second = 0; second < 180; second += 3) {
            boolean error = second < 60 ? second < 6 : second < 69;
            bench.send(SampleRules.event(
                    error ? EventKind.REQUEST_ERROR : EventKind.INFERENCE_REQUEST, second, Measures.NONE));
        }
        bench.until(180);

        // Of 20 each: 2 in the first minute, which is not more than a tenth, 3 in the second, none in the third.
        assertThat(bench.foundAt()).containsExactly(120L);
        assertThat(bench.reasons())
                .containsExactly("share of kind == 'request.error': observed 0.1500 of 20 events in 1m, told is > 0.1");
        assertThat(bench.findings().get(0).evidence())
                .allSatisfy(event -> assertThat(event.kind()).isEqualTo(EventKind.REQUEST_ERROR))
                .hasSize(3);
    }

    @Test
    void aFewEventsAreNoShare() {
        TrackBench<WindowState> bench = bench(ERRORS)
                .send(SampleRules.event(EventKind.REQUEST_ERROR, 0, Measures.NONE))
                .until(100);

        assertThat(bench.foundAt()).isEmpty();
    }

    private static TrackBench<WindowState> threshold(String rest) {
        return bench(THRESHOLD + rest);
    }

    private static TrackBench<WindowState> bench(String rule) {
        return new TrackBench<>(SampleRules.rule("window", rule), WindowPattern.class, WindowTracker::new);
    }
}
