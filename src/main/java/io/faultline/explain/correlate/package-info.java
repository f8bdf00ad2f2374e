/**
 * Alerts that are one story become one. In: {@link io.faultline.model.Alert}, keyed by cluster; out: {@link
 * io.faultline.explain.correlate.Story}, once a story has settled, again when it changes, and when it ends. Neighbours:
 * {@code detect} before it, {@code explain.diagnose} after it.
 *
 * <p>Everything happens in event time and in one order, {@code detectedAt}, then {@code startsAt}, then fingerprint, so
 * that the order of arrival changes nothing.
 */
@NullMarked
package io.faultline.explain.correlate;

import org.jspecify.annotations.NullMarked;
