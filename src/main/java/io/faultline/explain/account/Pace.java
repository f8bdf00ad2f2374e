package io.faultline.explain.account;

import java.util.Arrays;

/**
 * How long a job takes from one line that tells of progress to the next; all in milliseconds.
 *
 * @param gaps the last undisturbed gaps, at most {@value #GAPS}
 */
public record Pace(long[] gaps) {

    private static final int GAPS = 32;

    /** Fewer gaps say nothing of what is usual. */
    private static final int WARM_UP = 3;

    /** Without a usual gap a stall is so many times the floor: first steps compile kernels. */
    private static final int COLD_FLOORS = 10;

    static Pace unknown() {
        return new Pace(new long[0]);
    }

    Pace with(long gap) {
        long[] more = Arrays.copyOfRange(gaps, Math.max(0, gaps.length + 1 - GAPS), gaps.length + 1);
        more[more.length - 1] = gap;
        return new Pace(more);
    }

    boolean isKnown() {
        return gaps.length > 0;
    }

    /** The median gap; 0 where it is not known. */
    long usual() {
        if (gaps.length == 0) {
            return 0;
        }
        long[] sorted = gaps.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** How long without progress is no stall. */
    long patience(AccountSettings settings) {
        long floor = settings.stallFloor().toMillis();
        return gaps.length < WARM_UP
                ? COLD_FLOORS * floor
                : Math.max(floor, Math.round(settings.stallFactor() * usual()));
    }
}
