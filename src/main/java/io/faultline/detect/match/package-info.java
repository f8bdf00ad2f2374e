/**
 * LogEvent in, Alert of kind RULE_MATCH out: the rules.
 *
 * <pre>{@code
 * RuleSet rules = RuleSet.shipped().and(RuleSet.read(directory)).without(settings.disabled());
 * events.process(new SelectFunction(rules, inventory))
 *         .keyBy(Candidate::key)
 *         .process(new MatchFunction(rules))
 * }</pre>
 *
 * <p>A rule is text, read into a definition ({@link io.faultline.detect.match.rule}), its conditions compiled to plain
 * predicates ({@link io.faultline.detect.match.condition}). Conditions are tested once an event, before the shuffle; behind
 * the key only bits are tested, by flink-cep's automaton or by a tracker ({@link io.faultline.detect.match.track}).
 */
@NullMarked
package io.faultline.detect.match;

import org.jspecify.annotations.NullMarked;
