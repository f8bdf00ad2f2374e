/**
 * A simulated GPU cluster that writes its logs in the formats real software writes, with labelled faults in them.
 *
 * <p>In: {@link io.faultline.cli.simulate.SimulationSettings}. Out: one file a job, replica, node and gateway, and
 * {@code labels.ndjson} with one line a planted fault. Nothing here knows how Faultline reads logs, so what the
 * simulator plants and what the rules find are two independent opinions.
 */
@NullMarked
package io.faultline.cli.simulate;

import org.jspecify.annotations.NullMarked;
