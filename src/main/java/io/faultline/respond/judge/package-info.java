/**
 * What people's verdicts on incidents say of the rules behind them. In: {@link io.faultline.model.Incident} and the
 * verdicts among the {@link io.faultline.respond.control.Command}s; out: {@link io.faultline.model.RulePrecision}.
 */
@NullMarked
package io.faultline.respond.judge;

import org.jspecify.annotations.NullMarked;
