/**
 * Tells groups of incidents: waits for more, tells once, repeats, escalates where nobody acknowledges, and stays quiet
 * while somebody wants it quiet. In: {@link io.faultline.respond.notify.route.Routed} and the {@link
 * io.faultline.respond.control.Command}s of people; out: {@link io.faultline.respond.notify.channel.Notice}.
 */
@NullMarked
package io.faultline.respond.notify.group;

import org.jspecify.annotations.NullMarked;
