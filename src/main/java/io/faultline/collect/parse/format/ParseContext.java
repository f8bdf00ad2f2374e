package io.faultline.collect.parse.format;

import io.faultline.model.Attributes;
import java.time.Instant;

/**
 * What a parser knows besides the text.
 *
 * @param observed when the record was seen; gives the year to times without one
 * @param timestamps reads times
 * @param attributes what decode peeled off: {@code rank}, {@code process}, …
 * @param memory what the stream showed before
 */
public record ParseContext(Instant observed, Timestamps timestamps, Attributes attributes, StreamMemory memory) {}
