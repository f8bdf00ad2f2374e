package io.faultline.model;

import java.time.Instant;

/**
 * One whole log record as text: envelope and terminal colours taken off, launcher prefixes kept as attributes,
 * continuation lines joined with {@code \n}.
 *
 * @param origin where its first line was read
 * @param observedTimestamp when its first line was seen
 * @param stream the file or partition key it was read from, as {@link RawLog#stream()}; the writer inside of it (rank,
 *     process) is in the attributes
 * @param text the record, without the prefixes that were peeled off
 * @param attributes what the prefixes and the envelope said: {@code rank}, {@code host}, {@code container}, …
 * @param truncated whether a limit cut the record
 */
public record TextLog(
        Origin origin,
        Instant observedTimestamp,
        String stream,
        String text,
        Attributes attributes,
        boolean truncated) {}
