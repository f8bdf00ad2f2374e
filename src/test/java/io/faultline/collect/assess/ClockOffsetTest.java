package io.faultline.collect.assess;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockOffsetTest {

    private static final long MOST = 5_000;

    private final ClockOffset offset = new ClockOffset();

    @Test
    void knowsAClockThatIsBehindByTenSeconds() {
        for (int i = 0; i < 40; i++) {
            offset.sample(i * 1_000, i * 1_000 - 10_000 - i % 5 * 100);
        }

        assertThat(offset.skew(MOST)).isBetween(10_000L, 10_400L);
    }

    @Test
    void takesAChangingDelayForADelay() {
        Random random = new Random(7);
        for (int i = 0; i < 40; i++) {
            offset.sample(i * 1_000, i * 1_000 - random.nextInt(60_000));
        }

        assertThat(offset.skew(MOST)).isZero();
        assertThat(offset.median).isPositive();
    }

    /** An old file that is shipped at once: a day of logs a minute. */
    @Test
    void takesOldLogsForNoWrongClock() {
        long day = Duration.ofDays(30).toMillis();
        for (int i = 0; i < 40; i++) {
            offset.sample(day + i * 1_000, i * 1_440_000L);
        }

        assertThat(offset.skew(MOST)).isZero();
    }

    /** One batch, shipped within a second, says nothing about the clock. */
    @Test
    void saysNothingAfterOneBatch() {
        for (int i = 0; i < 10_000; i++) {
            offset.sample(3_600_000 + i / 20, 0);
        }

        assertThat(offset.isKnown()).isFalse();
        assertThat(offset.skew(MOST)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "3600, true",
        "-3600, true",
        "28802, true",
        "19800, true",
        "20700, true",
        "10, false",
        "300, false",
        "3800, false",
        "0, false"
    })
    void tellsAZoneFromAClock(long seconds, boolean zone) {
        assertThat(ClockOffset.isZone(seconds * 1_000)).isEqualTo(zone);
    }
}
