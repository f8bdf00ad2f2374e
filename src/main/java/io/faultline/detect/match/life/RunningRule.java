package io.faultline.detect.match.life;

import io.faultline.detect.match.rule.RuleDefinition;

/**
 * One version of a rule that runs.
 *
 * @param definition what it says
 * @param epoch whose groups are its own
 * @param part whether it runs alone
 */
public record RunningRule(RuleDefinition definition, int epoch, Part part) {

    /** Its part where two versions are compared. */
    public enum Part {
        /** There is no other. */
        ALONE,
        /** The version in force, with a canary beside it. */
        ACTIVE,
        /** On trial: nobody is told what it finds. */
        CANARY
    }
}
