/**
 * Notices what is changed on the things that can break: versions, configurations, drivers, sizes, restarts. In: {@link
 * io.faultline.explain.account.Sign}s of one subject, in order of time; out: {@link io.faultline.model.Change}s.
 */
@NullMarked
package io.faultline.explain.change;

import org.jspecify.annotations.NullMarked;
