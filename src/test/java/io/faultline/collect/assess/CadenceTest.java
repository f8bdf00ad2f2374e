package io.faultline.collect.assess;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CadenceTest {

    private static final long LEAST = 60_000;

    private final Cadence cadence = new Cadence();

    @Test
    void allowsTenTimesTheUsualPause() {
        for (int i = 0; i <= 20; i++) {
            cadence.hear(i * 10_000, false);
        }

        assertThat(cadence.silentAt(LEAST)).isEqualTo(200_000 + 100_000);
    }

    @Test
    void allowsAMinuteAtLeast() {
        for (int i = 0; i <= 200; i++) {
            cadence.hear(i * 100, false);
        }

        assertThat(cadence.silentAt(LEAST)).isEqualTo(20_000 + LEAST);
    }

    @Test
    void knowsNothingBeforeTwentyPauses() {
        for (int i = 0; i < 20; i++) {
            cadence.hear(i * 10_000, false);
        }

        assertThat(cadence.silentAt(LEAST)).isEqualTo(Long.MAX_VALUE);
    }

    /** A kernel's log: a thousand lines at boot, then hours of nothing. */
    @Test
    void knowsNothingAfterOneBurst() {
        for (int i = 0; i < 1_000; i++) {
            cadence.hear(i, false);
        }

        assertThat(cadence.silentAt(LEAST)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void allowsWhatItHasSeenBefore() {
        for (int i = 0; i <= 20; i++) {
            cadence.hear(i * 10_000 + (i > 15 ? 600_000 : 0), false);
        }

        assertThat(cadence.silentAt(LEAST)).isEqualTo(800_000 + 3 * 610_000);
    }

    @Test
    void expectsNothingBehindAnOrderlyEnd() {
        for (int i = 0; i <= 30; i++) {
            cadence.hear(i * 10_000, i == 30);
        }

        assertThat(cadence.silentAt(LEAST)).isEqualTo(Long.MAX_VALUE);
    }
}
