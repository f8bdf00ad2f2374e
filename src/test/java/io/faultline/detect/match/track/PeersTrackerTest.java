package io.faultline.detect.match.track;

import static io.faultline.detect.match.SampleRules.ofRank;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.PeersPattern;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;

/** Eight ranks write the time of their step twice a minute. */
class PeersTrackerTest {

    private static final String STRAGGLER =
            """
            kind: peers
            match: kind == 'training.step'
            field: rank
            value: measures.step_time_seconds
            floor: 0.5
            """;

    private final TrackBench<PeersState> bench = bench(STRAGGLER);

    @Test
    void namesTheOneThatIsSlowInThreeRoundsInARow() {
        round(0, 8, 5, 4.0);
        round(1, 8, 5, 4.0);
        round(2, 8, 5, 4.0);
        bench.until(179);
        assertThat(bench.foundAt()).isEmpty();

        round(3, 8, 5, 4.0);

        assertThat(bench.foundAt()).containsExactly(180L);
        assertThat(bench.reasons())
                .containsExactly(
                        "step_time_seconds of rank 5: observed 4, the median of 8 is 2.045; 3 rounds in a row");
        assertThat(bench.findings().get(0).causeEntity().rank()).isEqualTo("5");
        assertThat(bench.until(600).groups()).isZero();
    }

    @Test
    void tellsItOnceWhileItLasts() {
        for (int minute = 0; minute < 20; minute++) {
            round(minute, 8, 5, 4.0);
        }

        assertThat(bench.foundAt()).containsExactly(180L);
    }

    @Test
    void aRoundInBetweenBreaksTheRow() {
        for (int minute = 0; minute < 12; minute++) {
            round(minute, 8, 5, minute % 3 == 2 ? 2.0 : 4.0);
        }

        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void whatAllDoIsUnlikeNobody() {
        for (int minute = 0; minute < 10; minute++) {
            for (int rank = 0; rank < 8; rank++) {
                bench.send(step(60 * minute, rank, minute < 5 ? 2 : 9));
            }
        }

        assertThat(bench.until(1000).foundAt()).isEmpty();
    }

    @Test
    void aDifferenceBelowTheFloorIsNone() {
        for (int minute = 0; minute < 10; minute++) {
            round(minute, 8, 5, 2.5);
        }

        // 0.455 above the median of 2.045
        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void threeAreNoGroup() {
        for (int minute = 0; minute < 10; minute++) {
            round(minute, 3, 2, 9);
        }

        assertThat(bench.foundAt()).isEmpty();
    }

    @Test
    void looksTheWayThatIsAsked() {
        TrackBench<PeersState> below = bench(STRAGGLER + "direction: down\n");
        for (int minute = 0; minute < 5; minute++) {
            for (int rank = 0; rank < 8; rank++) {
                below.send(step(60 * minute, rank, rank == 3 ? 9 : rank == 4 ? 0.5 : 2));
            }
        }

        assertThat(below.findings())
                .extracting(finding -> finding.causeEntity().rank())
                .containsExactly("4");
    }

    @Test
    void doesNotCompareARoundThatTheInputsEndCutsOff() {
        for (int minute = 0; minute < 3; minute++) {
            round(minute, 8, 5, 4.0);
        }
        bench.end();

        assertThat(bench.foundAt()).isEmpty();
        assertThat(bench.groups()).isZero();
    }

    /** Rank r takes 2 s and r hundredths; one of them takes another time. */
    private void round(int minute, int ranks, int odd, double seconds) {
        for (int rank = 0; rank < ranks; rank++) {
            bench.send(step(60 * minute, rank, rank == odd ? seconds : 2 + rank / 100.0));
        }
        for (int rank = 0; rank < ranks; rank++) {
            bench.send(step(60 * minute + 30, rank, rank == odd ? seconds : 2.02 + rank / 100.0));
        }
    }

    private static LogEvent step(int second, int rank, double seconds) {
        return ofRank(
                rank, SampleRules.event(EventKind.TRAINING_STEP, second, Measures.of("step_time_seconds", seconds)));
    }

    private static TrackBench<PeersState> bench(String rule) {
        return new TrackBench<>(SampleRules.rule("peers", rule), PeersPattern.class, PeersTracker::new);
    }
}
