package io.faultline.detect.match.track;

/**
 * What is known of something that should come again and again; about one KiB.
 *
 * @param last the last progress
 * @param since from when the waiting counts, in milliseconds: the last progress or the end of a pause
 * @param pausedSince when a pause began; {@link #NEVER} while there is none
 * @param disturbed whether the gap after {@code last} holds a pause or an alarm and is no gap to learn from
 * @param alarmed whether this stall was told
 * @param gaps the last gaps between progress, in milliseconds, the oldest first
 */
public record ProgressState(
        Candidate last, long since, long pausedSince, boolean disturbed, boolean alarmed, long[] gaps) {

    static final long NEVER = Long.MIN_VALUE;

    boolean paused() {
        return pausedSince != NEVER;
    }

    ProgressState told() {
        return new ProgressState(last, since, pausedSince, true, true, gaps);
    }
}
