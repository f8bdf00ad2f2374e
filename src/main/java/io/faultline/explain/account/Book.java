package io.faultline.explain.account;

import io.faultline.model.Entity;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one job or replica between two of its signs; all times in milliseconds, at most ten KiB.
 *
 * @param entity whose it is
 * @param phase what it is doing
 * @param since where the next account begins
 * @param mark up to here all time is in a bucket
 * @param visited when an account was last due
 * @param gapStart since when progress is waited for
 * @param runningSince when it made its first progress since its last start
 * @param lastSign when it was last heard of
 * @param interruptedAt since when it is interrupted; {@link #NEVER} where it is not
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
 * @param gaps the last undisturbed gaps between two lines that told of progress
 * @param markSteps some steps that were reached, ascending
 * @param markProductive the productive time at each of them
 * @param productive productive time of this run, without what was thrown away
 * @param lost all time in buckets that are a loss
 * @param spent the time in each bucket since {@code since}
 * @param interruptions how many since {@code since}
 * @param recoveries how many since {@code since}
 * @param recovery the time that those took
 * @param run which run it is, from 1
 * @param attempt which attempt it is, from 1
 * @param gpus how many GPUs the log said there are; 0 where it did not
 * @param sized whether it said so since the last start
 * @param listedGpus how many the inventory says there are; 0 where it does not
 */
public record Book(
        Entity entity,
        Phase phase,
        long since,
        long mark,
        long visited,
        long gapStart,
        long runningSince,
        long lastSign,
        long interruptedAt,
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
        long[] gaps,
        double[] markSteps,
        long[] markProductive,
        long productive,
        long lost,
        long[] spent,
        int interruptions,
        int recoveries,
        long recovery,
        int run,
        int attempt,
        int gpus,
        boolean sized,
        int listedGpus) {

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
