package io.faultline.collect.decode.envelope;

import io.faultline.model.Attributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A text that was in an envelope, and what the envelopes around it said.
 *
 * @param text what is left when all envelopes are open
 * @param source the log it belongs to: {@code namespace/pod/container/stderr}, {@code host:path}, …; null where no
 *     envelope says
 * @param written when it was written, by the envelope nearest to it
 * @param observed when a shipper read it
 * @param severityNumber 1…24; 0 where no envelope says
 * @param attributes the rest that the envelopes said
 * @param part whether it is a whole line
 * @param truncated whether the envelope broke off behind it
 */
public record Enclosed(
        String text,
        @Nullable String source,
        @Nullable Instant written,
        @Nullable Instant observed,
        int severityNumber,
        Attributes attributes,
        Part part,
        boolean truncated) {

    /** Container runtimes cut long lines; this is what they say about a piece. */
    public enum Part {
        /** Nothing: it is a line. */
        WHOLE,
        /** The line goes on in the next piece. */
        MORE,
        /** The piece has no line end, which should mean that the line goes on. */
        UNENDED,
        /** The line ends with this piece. */
        LAST
    }

    /** What came in no envelope yet. */
    public static Enclosed of(String text, Attributes attributes) {
        return new Enclosed(text, null, null, null, 0, attributes, Part.WHOLE, false);
    }
}
