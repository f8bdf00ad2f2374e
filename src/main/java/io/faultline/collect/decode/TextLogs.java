package io.faultline.collect.decode;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.TextLog;
import java.time.Instant;

/** Puts records together. */
final class TextLogs {

    /** The attribute that says that bytes which are no UTF-8 were replaced; its value is {@code replaced}. */
    static final String CHARSET = "charset";

    private TextLogs() {}

    static TextLog of(Line line) {
        return of(
                line.raw().origin(),
                line.raw().observedTimestamp(),
                line.raw().stream(),
                line.text(),
                line.raw().headers(),
                line.writer(),
                line.charsetReplaced(),
                false);
    }

    static TextLog of(
            Origin origin,
            Instant observedTimestamp,
            String stream,
            String text,
            Attributes headers,
            Attributes writer,
            boolean charsetReplaced,
            boolean truncated) {
        Attributes attributes = headers.isEmpty() ? writer : headers;
        for (int i = 0; !headers.isEmpty() && i < writer.size(); i++) {
            attributes = attributes.with(writer.keys()[i], writer.values()[i]);
        }
        attributes = charsetReplaced ? attributes.with(CHARSET, "replaced") : attributes;
        return new TextLog(origin, observedTimestamp, stream, text, attributes, truncated);
    }
}
