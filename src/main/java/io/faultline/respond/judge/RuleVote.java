package io.faultline.respond.judge;

import static io.faultline.model.Instants.later;

import io.faultline.model.RulePrecision;
import java.time.Instant;

/**
 * What one person's verdict on an incident changes for one of its rules.
 *
 * @param rule the rule's id
 * @param word what he says now: right, wrong, noise; empty where he takes it back
 * @param before what he said before, which does not count any more; empty where he said nothing
 * @param at when he said it
 */
public record RuleVote(String rule, String word, String before, Instant at) {

    /** What the verdicts on a rule add up to with this one. */
    RulePrecision addTo(RulePrecision known) {
        return new RulePrecision(
                rule,
                known.right() + change("right"),
                known.wrong() + change("wrong"),
                known.noise() + change("noise"),
                later(at, known.at()));
    }

    private int change(String counted) {
        return (word.equals(counted) ? 1 : 0) - (before.equals(counted) ? 1 : 0);
    }
}
