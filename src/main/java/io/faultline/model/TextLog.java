package io.faultline.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One whole log record as text: envelopes and terminal colours taken off, launcher prefixes kept as attributes,
 * continuation lines joined with {@code \n}.
 *
 * @param origin where its first line was read
 * @param observedTimestamp when its first line was seen: by the shipper, where one says so, else by the source
 * @param stream the file or partition key it was read from, as {@link RawLog#stream()}; the writer inside of it (rank,
 *     process) is in the attributes
 * @param source the log it belongs to, as its envelope names it: {@code namespace/pod/container/stderr} or a path; the
 *     stream where there is no envelope
 * @param text the record, without the prefixes that were peeled off
 * @param written when it was written, by the envelope's clock; null where no envelope says
 * @param severityNumber 1…24 as the envelope says; 0 where none does
 * @param attributes what the prefixes and the envelope said: {@code rank}, {@code host}, {@code container}, …
 * @param truncated whether a limit cut the record
 */
public record TextLog(
        Origin origin,
        Instant observedTimestamp,
        String stream,
        String source,
        String text,
        @Nullable Instant written,
        int severityNumber,
        Attributes attributes,
        boolean truncated) {

    /** A record that came in no envelope. */
    public TextLog(
            Origin origin,
            Instant observedTimestamp,
            String stream,
            String text,
            Attributes attributes,
            boolean truncated) {
        this(origin, observedTimestamp, stream, stream, text, null, 0, attributes, truncated);
    }
}
