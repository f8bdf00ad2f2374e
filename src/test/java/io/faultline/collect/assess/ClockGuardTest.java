package io.faultline.collect.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockGuardTest {

    private static final Instant OBSERVED = Instant.parse("2026-03-01T10:00:00Z");

    private final ClockGuard guard = new ClockGuard(Duration.ofDays(1));

    @Test
    void setsALineOfTheYear3000BackToWhenItWasSeen() {
        LogEvent assessed = guard.assess(at(Instant.parse("3000-01-01T00:00:00Z")));

        assertThat(assessed.timestamp()).isEqualTo(OBSERVED);
        assertThat(assessed.has(QualityMark.TIME_CLAMPED)).isTrue();
    }

    @Test
    void leavesAClockThatIsADayAhead() {
        LogEvent event = at(OBSERVED.plus(Duration.ofDays(1)));

        assertThat(guard.assess(event)).isEqualTo(event);
    }

    @Test
    void leavesOldLines() {
        LogEvent event = at(Instant.parse("1999-01-01T00:00:00Z"));

        assertThat(guard.assess(event)).isEqualTo(event);
    }

    private static LogEvent at(Instant timestamp) {
        return new LogEvent(
                timestamp,
                OBSERVED,
                9,
                "",
                "text",
                "unknown",
                EventKind.LOG_OTHER,
                Entity.UNKNOWN,
                Measures.NONE,
                Attributes.NONE,
                "",
                0,
                Origin.stdin(1));
    }
}
