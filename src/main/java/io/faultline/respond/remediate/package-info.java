/**
 * Asks for what mends an incident, inside guard rails. In: {@link io.faultline.model.Incident}, {@link
 * io.faultline.model.ActionResult} and {@link io.faultline.respond.remediate.Approval}; out: {@link
 * io.faultline.model.ActionRequest}, one for each step of an action's life, and {@link io.faultline.model.AuditEntry}
 * beside it. Neighbours: {@code explain} before it, {@code store} after it, and an executor at the other end of a Kafka
 * topic ({@code execute}).
 *
 * <p>{@link io.faultline.respond.remediate.Playbook} says what to do about which incidents, {@link
 * io.faultline.respond.remediate.Remediator} decides, {@link io.faultline.respond.remediate.RemediateFunction} carries.
 */
@NullMarked
package io.faultline.respond.remediate;

import org.jspecify.annotations.NullMarked;
