package io.faultline.detect.match.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.rule.AbsencePattern;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import org.junit.jupiter.api.Test;

class AbsenceTrackerTest {

    private static final String HEALTH =
            """
            kind: absence
            match: kind == 'health.check'
            every: 5m
            until: kind == 'engine.stop'
            """;

    private final TrackBench<AbsenceState> bench = bench(HEALTH);

    @Test
    void tellsWhatDidNotComeOnce() {
        bench.send(check(0)).send(check(250)).until(549);
        assertThat(bench.foundAt()).isEmpty();

        bench.until(5000);

        assertThat(bench.foundAt()).containsExactly(550L);
        assertThat(bench.reasons()).containsExactly("nothing since 5m ago; it should come every 5m");
    }

    @Test
    void tellsTheNextOutageAgain() {
        bench.send(check(0)).send(check(1000)).until(5000);

        assertThat(bench.foundAt()).containsExactly(300L, 1300L);
    }

    @Test
    void whatWasRemovedIsNoOutage() {
        bench.send(check(0))
                .send(SampleRules.event(EventKind.ENGINE_STOP, 100, Measures.NONE))
                .until(5000);
        assertThat(bench.foundAt()).isEmpty();

        bench.send(check(6000)).until(7000);

        assertThat(bench.foundAt()).containsExactly(6300L);
    }

    @Test
    void forgetsWhatIsSilentForADay() {
        bench.send(check(0)).until(86_399);
        assertThat(bench.groups()).isOne();

        assertThat(bench.until(86_400).groups()).isZero();
    }

    @Test
    void aHoleInTheLogsIsNoOutageNorIsTheirEnd() {
        bench.send(check(0)).send(check(200_000)).end();

        assertThat(bench.foundAt()).isEmpty();
        assertThat(bench.groups()).isZero();
    }

    @Test
    void saysWhatAnExpectedEntityLooksLike() {
        assertThatThrownBy(() -> bench(HEALTH + "expected: [nod=gpu-a1]\n"))
                .hasMessageContaining("expected: \"nod=gpu-a1\" is not as node=gpu-a1, did you mean \"node\"?");
    }

    private static LogEvent check(int second) {
        return SampleRules.event(EventKind.HEALTH_CHECK, second, Measures.NONE);
    }

    private static TrackBench<AbsenceState> bench(String rule) {
        return new TrackBench<>(SampleRules.rule("absent", rule), AbsencePattern.class, AbsenceTracker::new);
    }
}
