/**
 * YAML in, RuleDefinition out: the language of the rules. A definition holds texts and numbers only, so that it can be sent
 * to every task. Each kind of rule is one record that reads its own fields.
 *
 * <pre>{@code
 * RuleSet rules = RuleSet.shipped().and(RuleSet.read(directory));
 * }</pre>
 */
@NullMarked
package io.faultline.detect.match.rule;

import org.jspecify.annotations.NullMarked;
