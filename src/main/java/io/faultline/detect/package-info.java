/** Events in, alerts out: statistics of windows, series against their own past, and rules. */
@NullMarked
package io.faultline.detect;

import org.jspecify.annotations.NullMarked;
