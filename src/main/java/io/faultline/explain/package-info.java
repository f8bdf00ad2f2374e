/** The third phase: alerts become incidents, and incidents get a cause. */
@NullMarked
package io.faultline.explain;

import org.jspecify.annotations.NullMarked;
