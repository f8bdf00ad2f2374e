/** The job: settings, topology, and the two seams by which tests replace what is outside. */
@NullMarked
package io.faultline;

import org.jspecify.annotations.NullMarked;
