/**
 * Judges how far an event can be trusted: marks it, corrects only a time too far ahead, drops nothing. In and out: {@link
 * io.faultline.model.LogEvent}; out come also the events of kind {@code source.*}, which tell of the logs themselves. Before:
 * {@code enrich}; after: {@code event-time}, which takes every timestamp for true. docs/QUALITY.md has all marks and measures.
 */
@NullMarked
package io.faultline.collect.assess;

import org.jspecify.annotations.NullMarked;
