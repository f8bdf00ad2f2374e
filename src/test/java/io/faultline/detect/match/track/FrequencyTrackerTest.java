package io.faultline.detect.match.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.FrequencyPattern;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;

class FrequencyTrackerTest {

    private final TrackBench<FrequencyState> bench = new TrackBench<>(
            SampleRules.rule("errors", "kind: frequency\nmatch: kind == 'request.error'\ntimes: 3\nwithin: 1m\n"),
            FrequencyPattern.class,
            FrequencyTracker::new);

    @Test
    void tellsTheEventThatMakesThemTooMany() {
        bench.send(error(0)).send(error(50)).send(error(59));

        assertThat(bench.foundAt()).containsExactly(59L);
        assertThat(bench.reasons()).containsExactly("3 times in 59s, told are 3 within 1m");
        assertThat(bench.findings().get(0).evidence()).hasSize(3);
    }

    @Test
    void countsInAnyMinuteAndNotInThoseOfTheClock() {
        bench.send(error(0)).send(error(40)).send(error(60)).send(error(99));

        // 0 is too old at 60.
        assertThat(bench.foundAt()).containsExactly(99L);
    }

    @Test
    void doesNotCountTwiceWhatWasTold() {
        for (int second = 0; second < 7; second++) {
            bench.send(error(second));
        }

        assertThat(bench.foundAt()).containsExactly(2L, 5L);
    }

    @Test
    void keepsNothingWhenTheTimeIsOver() {
        bench.send(error(0)).send(error(30)).until(89);
        assertThat(bench.groups()).isOne();

        bench.until(90);

        assertThat(bench.groups()).isZero();
        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void tellsThatNineOfTenCameOnlyWhenTheTenthCanNotComeAnyMore() {
        TrackBench<FrequencyState> ten = ten();
        for (int second = 0; second < 9; second++) {
            ten.send(error(second));
        }
        assertThat(ten.until(59).missed()).isEmpty();

        ten.until(1000);

        assertThat(ten.missed()).containsExactly("60s: 9 times in 8s, told are 10 within 1m");
        assertThat(ten.groups()).isZero();
    }

    @Test
    void saysNothingOfAMissWhenTheTenthCame() {
        TrackBench<FrequencyState> ten = ten();
        for (int second = 0; second < 9; second++) {
            ten.send(error(second));
        }
        ten.send(error(59)).until(1000);

        assertThat(ten.foundAt()).containsExactly(59L);
        assertThat(ten.missed()).isEmpty();
    }

    @Test
    void tellsASteadyStreamThatIsNearlyTooMuchOnceAMinute() {
        TrackBench<FrequencyState> ten = ten();
        for (int second = 0; second <= 140; second += 7) {
            ten.send(error(second));
        }
        ten.until(1000);

        // Nine in any minute: they become eight at 60, when the first is too old, then at 67, 74 and so on.
        assertThat(ten.missed())
                .containsExactly(
                        "60s: 9 times in 56s, told are 10 within 1m", "123s: 9 times in 56s, told are 10 within 1m");
    }

    @Test
    void doesNotTakeTheInputsEndForANearMiss() {
        TrackBench<FrequencyState> ten = ten();
        for (int second = 0; second < 9; second++) {
            ten.send(error(second));
        }
        ten.end();

        assertThat(ten.missed()).isEmpty();
        assertThat(ten.groups()).isZero();
    }

    private static TrackBench<FrequencyState> ten() {
        return new TrackBench<>(
                SampleRules.rule("errors", "kind: frequency\nmatch: kind == 'request.error'\ntimes: 10\nwithin: 1m\n"),
                FrequencyPattern.class,
                FrequencyTracker::new);
    }

    private static LogEvent error(int second) {
        return SampleRules.event(EventKind.REQUEST_ERROR, second, Measures.NONE);
    }
}
