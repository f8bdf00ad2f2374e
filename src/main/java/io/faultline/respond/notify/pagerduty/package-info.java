/** Raises and resolves alerts of PagerDuty. */
@NullMarked
package io.faultline.respond.notify.pagerduty;

import org.jspecify.annotations.NullMarked;
