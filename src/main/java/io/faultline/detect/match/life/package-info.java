/**
 * The life of a rule: commands from a control topic or a watched directory in, what each rule does from now on out, without a
 * restart of the job.
 *
 * <pre>{@code
 * var updates = commands.process(new RulesFunction(own)).setParallelism(1);
 * events.connect(updates.broadcast(RulesFunction.UPDATES)).process(new SelectFunction(own, inventory))
 * }</pre>
 *
 * <p>One task applies the commands in one order ({@link io.faultline.detect.match.life.RuleBook}), checks them and numbers the
 * beginnings; all others only do what it says ({@link io.faultline.detect.match.life.RunningRules}).
 */
@NullMarked
package io.faultline.detect.match.life;

import org.jspecify.annotations.NullMarked;
