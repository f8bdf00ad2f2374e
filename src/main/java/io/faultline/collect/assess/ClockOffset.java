package io.faultline.collect.assess;

import java.util.Arrays;

/**
 * How long before it was seen a source says that its events happened: the median of the last samples, one a second at most.
 * A steady distance is the clock's fault, a changing one is the way's. Flink state, 300 bytes.
 */
public final class ClockOffset {

    private static final int SAMPLES = 31;
    private static final int ENOUGH = 11;
    private static final long SECOND = 1_000;
    private static final long QUARTER = 15 * 60 * SECOND;

    /** A time zone's distance comes with the way's delay and the cut-off second. */
    private static final long NEAR_ZONE = 60 * SECOND;

    /** Written seconds are cut off and shippers gather lines for a second or so; a clock does not waver more than that. */
    private static final long STEADY = 2 * SECOND;

    public long[] samples = {};
    public int taken;
    public long lastSeen = Long.MIN_VALUE;

    /** The median in milliseconds; positive where the events are behind. */
    public long median;

    public boolean steady;

    /** @param seen and written in epoch milliseconds */
    void sample(long seen, long written) {
        if (lastSeen != Long.MIN_VALUE && seen >= lastSeen && seen < lastSeen + SECOND) {
            return;
        }
        lastSeen = seen;
        if (samples.length == 0) {
            samples = new long[SAMPLES];
        }
        samples[taken++ % SAMPLES] = seen - written;
        judge();
    }

    boolean isKnown() {
        return taken >= ENOUGH;
    }

    /** How far the clock is off, in milliseconds; 0 where it may be right. */
    long skew(long most) {
        return isKnown() && steady && Math.abs(median) > most ? median : 0;
    }

    /** Whether a skew is that of another time zone; those are whole quarters of an hour apart. */
    static boolean isZone(long skew) {
        long quarters = Math.round((double) skew / QUARTER);
        return quarters != 0 && Math.abs(skew - quarters * QUARTER) <= NEAR_ZONE;
    }

    private void judge() {
        long[] sorted = Arrays.copyOf(samples, Math.min(taken, SAMPLES));
        Arrays.sort(sorted);
        median = sorted[sorted.length / 2];
        // The middle half: single lines are delayed for many reasons.
        steady = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4] <= STEADY;
    }
}
