/**
 * Decides where an incident goes: the tree of routes with Alertmanager's words, and the rules by which one incident
 * keeps another quiet. In: {@link io.faultline.model.Incident}; out: {@link
 * io.faultline.respond.notify.route.Routed}, one a receiver and group. {@code respond.notify.group} comes next.
 */
@NullMarked
package io.faultline.respond.notify.route;

import org.jspecify.annotations.NullMarked;
