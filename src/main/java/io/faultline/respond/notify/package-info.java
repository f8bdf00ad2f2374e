/**
 * Tells each receiver of an incident once. In: {@link io.faultline.model.Incident}, keyed by its id; out: {@link
 * io.faultline.model.Notification}, one a receiver and thing told, delivered or not. Neighbours: {@code explain} before
 * it, {@code store} after it.
 *
 * <p>{@link io.faultline.respond.notify.Router} decides who is to be told what, {@link
 * io.faultline.respond.notify.NotifyFunction} tells it through a channel; each channel is a sub-package.
 */
@NullMarked
package io.faultline.respond.notify;

import org.jspecify.annotations.NullMarked;
