package io.faultline.explain.account;

import io.faultline.model.Entity;

/**
 * What is kept of one job or replica between two of its signs; at most ten KiB.
 *
 * @param entity whose it is
 * @param phase what it is doing
 * @param attempt which attempt it is, from 1
 * @param runningSince when it made its first progress since its last start, in milliseconds
 * @param lastSign when it was last heard of, in milliseconds
 * @param size how many GPUs it has
 * @param steps how far it has come
 * @param gap the time since its last progress
 * @param pause the checkpoint or evaluation since then
 * @param pace how long it takes from one line that tells of progress to the next
 * @param sums where its time went
 */
public record Book(
        Entity entity,
        Phase phase,
        int attempt,
        long runningSince,
        long lastSign,
        Size size,
        Steps steps,
        Gap gap,
        Pause pause,
        Pace pace,
        Sums sums) {

    static final long NEVER = Long.MIN_VALUE;

    /** The book of what nothing was heard of. */
    static Book empty() {
        return new Book(
                Entity.UNKNOWN,
                Phase.ENDED,
                0,
                0,
                0,
                Size.UNKNOWN,
                Steps.NONE,
                Gap.from(0),
                Pause.NONE,
                Pace.unknown(),
                Sums.none());
    }

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
