/**
 * Adds what a log does not say about its writer: cluster, rack, switch, owner from an inventory (a file, and a topic while
 * the job runs), and which rank, node and GPU belong together from what earlier lines of the same stream said. In and out:
 * {@link io.faultline.model.LogEvent}, one for one. Before: {@code redact}; after: {@code assess}.
 */
@NullMarked
package io.faultline.collect.enrich;

import org.jspecify.annotations.NullMarked;
