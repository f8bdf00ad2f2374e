/**
 * Adds what a log does not say about its writer. In and out: {@link io.faultline.model.LogEvent}, one for one. Before:
 * {@code parse}, which names node, job or replica; after: {@code event-time}.
 */
@NullMarked
package io.faultline.collect.enrich;

import org.jspecify.annotations.NullMarked;
