/**
 * Text in, predicate over an event out: the expressions of the rules. CEL parses and checks them against the closed
 * vocabulary; what runs are plain predicates.
 *
 * <pre>{@code
 * Condition condition = new ConditionCompiler().compile("kind == 'gpu.xid' && measures.xid_code == 79", problems::add);
 * condition.holds(event)
 * }</pre>
 */
@NullMarked
package io.faultline.detect.match.condition;

import org.jspecify.annotations.NullMarked;
