package io.faultline.explain.account;

/**
 * The time since the last line of progress.
 *
 * @param start since when progress is waited for, in milliseconds
 * @param stalled whether it is so late that it counts as stalled
 * @param idle whether nothing was asked for at the last report
 */
public record Gap(long start, boolean stalled, boolean idle) {

    static Gap from(long start) {
        return new Gap(start, false, false);
    }

    Gap startingAt(long later) {
        return new Gap(later, stalled, idle);
    }

    Gap stall() {
        return new Gap(start, true, idle);
    }

    Gap idle(boolean nothingAsked) {
        return new Gap(start, stalled, nothingAsked);
    }

    /** Whether there is work, and it may still be in time. */
    boolean isWork() {
        return !stalled && !idle;
    }

    /** Where time goes while nothing ends the gap. */
    Bucket bucket() {
        return stalled ? Bucket.STALLED : Bucket.PRODUCTIVE;
    }
}
