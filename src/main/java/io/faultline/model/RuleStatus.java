package io.faultline.model;

import java.time.Instant;

/**
 * What became of a rule in the running job.
 *
 * @param rule its id
 * @param version the version it is about; 0 where none is
 * @param state what happened
 * @param at when, by the clock of the task
 * @param task who says so: the step and the number of its task
 * @param detail why, and what became of the partial matches
 */
public record RuleStatus(String rule, int version, State state, Instant at, String task, String detail) {

    /** What happened. */
    public enum State {
        IN_FORCE,
        /** No version of it runs: somebody paused or removed it. */
        STOPPED,
        /** A command was wrong; what was in force stays. */
        REFUSED,
        /** It cost more than it may, and one task does not run it any more. */
        OVER_LIMIT
    }
}
