/**
 * Follows each alert through its life: pending, firing, flapping, resolved. In: {@link io.faultline.model.Alert}, the
 * findings of rules, and {@link io.faultline.model.Ending}, what rules saw the end of; out: {@link io.faultline.model.AlertState}. Neighbours: {@code detect} before it, {@code store} after
 * it. Incidents are made of the findings themselves, in {@code explain.correlate}.
 */
@NullMarked
package io.faultline.explain.follow;

import org.jspecify.annotations.NullMarked;
