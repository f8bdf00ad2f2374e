package io.faultline.collect.parse.format;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import io.faultline.model.Rejected;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one parser makes of one record. */
public sealed interface ParseResult permits ParseResult.Parsed, ParseResult.Unrecognised, ParseResult.Malformed {

    /** Another format; the next parser is asked. */
    Unrecognised UNRECOGNISED = new Unrecognised();

    /**
     * The record was understood.
     *
     * @param by the parser that did
     * @param timestamp the time in the line; null where it has none
     * @param entity what the line itself names; file names and envelopes come later
     */
    record Parsed(
            FormatParser by,
            @Nullable Instant timestamp,
            int severityNumber,
            String severityText,
            String message,
            EventKind kind,
            Entity entity,
            Measures measures,
            Attributes attributes)
            implements ParseResult {}

    /** Not this parser's format. */
    record Unrecognised() implements ParseResult {}

    /**
     * The format, but broken.
     *
     * @param detail what is wrong and what would be right
     * @param usable what could be understood all the same; null where nothing was
     */
    record Malformed(Rejected.Reason reason, String detail, @Nullable Parsed usable) implements ParseResult {}
}
