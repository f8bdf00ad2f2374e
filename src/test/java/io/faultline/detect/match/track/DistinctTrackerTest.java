package io.faultline.detect.match.track;

import static io.faultline.detect.match.SampleRules.alertOf;
import static io.faultline.detect.match.SampleRules.ofRank;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.DistinctPattern;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;

class DistinctTrackerTest {

    @Test
    void tellsTheValueThatMakesThemTooMany() {
        TrackBench<DistinctState> bench = ranks().send(failure(4, 0))
                .send(failure(4, 10))
                .send(failure(7, 20))
                .send(failure(5, 30));

        assertThat(bench.foundAt()).containsExactly(30L);
        assertThat(bench.reasons()).containsExactly("rank: 3 different in 20s, told are 3 within 1m: 4, 7, 5");
    }

    @Test
    void forgetsAValueThatDidNotComeForTooLong() {
        TrackBench<DistinctState> bench = ranks().send(failure(1, 0))
                .send(failure(2, 10))
                .send(failure(1, 30))
                .send(failure(3, 70));
        assertThat(bench.foundAt()).isEmpty();

        bench.send(failure(2, 89));

        // 1 came at 30 again, 3 at 70.
        assertThat(bench.foundAt()).containsExactly(89L);
    }

    @Test
    void anEventWithoutTheFieldDoesNotCount() {
        TrackBench<DistinctState> bench = ranks().send(failure(1, 0))
                .send(failure(2, 1))
                .send(SampleRules.event(EventKind.PROCESS_EXIT, 2, Measures.NONE));

        assertThat(bench.foundAt()).isEmpty();
        assertThat(bench.until(61).groups()).isZero();
    }

    @Test
    void tellsThatTwoOfThreeCameWhenTheThirdCanNotComeAnyMore() {
        TrackBench<DistinctState> bench =
                ranks().send(failure(4, 0)).send(failure(7, 20)).until(59);
        assertThat(bench.missed()).isEmpty();

        bench.until(1000);

        assertThat(bench.missed()).containsExactly("60s: rank: 2 different in 20s, told are 3 within 1m: 4, 7");
        assertThat(bench.groups()).isZero();
    }

    @Test
    void combinesTheAlertsOfAllRules() {
        TrackBench<DistinctState> bench = combination("at-least: all")
                .send(alertOf("loss-nan", 0))
                .send(alertOf("loss-nan", 10))
                .send(alertOf("training-stalled", 15))
                .send(alertOf("gpu-xid-critical", 20));

        assertThat(bench.foundAt()).containsExactly(20L);
        assertThat(bench.reasons())
                .containsExactly("rule: 2 different in 10s, told are 2 within 10m: loss-nan, gpu-xid-critical");
    }

    @Test
    void combinesTheAlertsOfAnyRule() {
        TrackBench<DistinctState> bench = combination("at-least: any")
                .send(alertOf("training-stalled", 0))
                .send(alertOf("loss-nan", 5));

        assertThat(bench.foundAt()).containsExactly(5L);
    }

    @Test
    void saysHowManyOfTheRulesThereCanBe() {
        assertThatThrownBy(() -> combination("at-least: 3"))
                .hasMessageContaining("at-least: \"3\" is not any, all or a number from 1 to 2");
    }

    private static TrackBench<DistinctState> ranks() {
        return bench("kind: distinct\nmatch: kind == 'process.exit'\nfield: rank\nat-least: 3\nwithin: 1m\n");
    }

    private static TrackBench<DistinctState> combination(String atLeast) {
        return bench("kind: combination\nrules: [loss-nan, gpu-xid-critical]\nwithin: 10m\n" + atLeast + "\n");
    }

    private static TrackBench<DistinctState> bench(String rule) {
        return new TrackBench<>(SampleRules.rule("several", rule), DistinctPattern.class, DistinctTracker::new);
    }

    private static LogEvent failure(int rank, int second) {
        return ofRank(rank, SampleRules.event(EventKind.PROCESS_EXIT, second, Measures.NONE));
    }
}
