package io.faultline.explain.account;

import io.faultline.model.Entity;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one job or replica between two of its signs; all times in milliseconds, at most ten KiB.
 *
 * @param entity whose it is
 * @param phase what it is doing
 * @param visited when an account was last due
 * @param gapStart since when progress is waited for
 * @param runningSince when it made its first progress since its last start
 * @param lastSign when it was last heard of
 * @param open the checkpoint or evaluation that is going on
 * @param openSince since when
 * @param closed the one that ended since the last progress
 * @param closedTimed whether that end has a time of its own
 * @param earlyEnd when a phase ended that had not begun, by a line without a time of its own; {@link #NEVER} where none did
 * @param stalled whether it is late so far that it counts as stalled
 * @param idle whether nothing was asked for at the last report
 * @param byEpoch whether steps are counted in epochs
 * @param step the highest step; NaN where there is none
 * @param delta by how much the last line's step was higher than the one before
 * @param startStep from which step the last start goes on; NaN where it does not say
 * @param pace how long it takes from one line that tells of progress to the next
 * @param sums where its time went
 * @param attempt which attempt it is, from 1
 * @param size how many GPUs it has
 */
public record Book(
        Entity entity,
        Phase phase,
        long visited,
        long gapStart,
        long runningSince,
        long lastSign,
        @Nullable Bucket open,
        long openSince,
        @Nullable Bucket closed,
        boolean closedTimed,
        long earlyEnd,
        boolean stalled,
        boolean idle,
        boolean byEpoch,
        double step,
        double delta,
        double startStep,
        Pace pace,
        Sums sums,
        int attempt,
        Size size) {

    static final long NEVER = Long.MIN_VALUE;

    /** What a job is doing. */
    enum Phase {
        /** It starts, and was not interrupted before. */
        INITIALISING,
        RUNNING,
        /** It was interrupted, and nothing tells of a restart yet. */
        DOWN,
        /** It starts again after an interruption. */
        RESTARTING,
        ENDED
    }
}
