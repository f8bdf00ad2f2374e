package io.faultline.collect.decode;

import io.faultline.model.Attributes;
import io.faultline.model.TextLog;

/** Puts records together. */
final class TextLogs {

    /** The attribute that names a character set other than UTF-8, or says {@code replaced} where characters were lost. */
    static final String CHARSET = "charset";

    private TextLogs() {}

    static TextLog of(Line line) {
        return of(line.from(), line.text(), line.writer(), false);
    }

    static TextLog of(Provenance from, String text, Attributes writer, boolean truncated) {
        Attributes attributes = from.attributes().with(writer);
        attributes = from.charset() == null ? attributes : attributes.with(CHARSET, from.charset());
        return new TextLog(
                from.origin(),
                from.observedTimestamp(),
                from.stream(),
                from.source(),
                text,
                from.written(),
                from.severityNumber(),
                attributes,
                truncated || from.truncated());
    }
}
