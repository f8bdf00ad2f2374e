/**
 * Says what a story comes from. In: {@link io.faultline.explain.correlate.Story}; out: {@link
 * io.faultline.model.Incident} with its {@link io.faultline.model.Cause}. Neighbours: {@code explain.correlate} before
 * it, {@code respond} and {@code store} after it.
 */
@NullMarked
package io.faultline.explain.diagnose;

import org.jspecify.annotations.NullMarked;
