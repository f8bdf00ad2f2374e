/** How well the shipped rules find the simulator's faults: labels and events in, precision, recall and delay out. */
@NullMarked
package io.faultline.cli.measure;

import org.jspecify.annotations.NullMarked;
