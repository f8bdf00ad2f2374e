/**
 * Judges how far an event can be trusted: marks and corrects, drops nothing. In and out: {@link
 * io.faultline.model.LogEvent}. Before: {@code enrich}; after: {@code event-time}, which takes every timestamp for true.
 */
@NullMarked
package io.faultline.collect.assess;

import org.jspecify.annotations.NullMarked;
