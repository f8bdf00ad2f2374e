/**
 * Gives incidents their context: what they cost and what was changed before them. In: {@link
 * io.faultline.explain.account.Sign}s, keyed by cluster and subject, and incidents, keyed by cluster; out: {@link
 * io.faultline.model.JobAccount}s, and the incidents with what belongs to them. Neighbours: {@code explain.diagnose} before
 * it, {@code respond} after it.
 *
 * <p>Everything happens in event time and from what was known at each moment of it, so that the order of arrival and the
 * pace of a replay change nothing.
 */
@NullMarked
package io.faultline.explain.context;

import org.jspecify.annotations.NullMarked;
