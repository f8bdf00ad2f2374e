package io.faultline.respond.notify.wording;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * How notices are put into words, as it was read: complete, and each of its texts understood.
 *
 * @param name what problems call it
 * @param language of its words, as HTML writes it
 * @param words the words of what has a fixed set of values, as {@code severity-raised} or {@code critical}
 * @param counts the texts of numbers with a unit
 * @param subject the text of the subject
 * @param body the texts below it
 */
public record MessageTemplate(
        String name,
        String language,
        Map<String, String> words,
        Map<String, String> counts,
        String subject,
        List<Part> body)
        implements Serializable {

    public MessageTemplate {
        words = Map.copyOf(words);
        counts = Map.copyOf(counts);
        body = List.copyOf(body);
    }

    /** What a part of the body becomes. */
    enum Kind {
        /** A name and its value. */
        FACT("value"),
        /** A sentence; it has no name. */
        TEXT(""),
        /** A name and a URL. */
        LINK("url"),
        /** A name and lines below it, one for each element. */
        LIST("line");

        private final String content;

        Kind(String content) {
            this.content = content;
        }

        /** {@code fact}: the key of its name, or of its text where it has none. */
        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** {@code value}: the key of its text. */
        String content() {
            return content.isEmpty() ? key() : content;
        }
    }

    /**
     * One part of the body.
     *
     * @param name the text of its name
     * @param text the text of its value, sentence, URL or lines
     * @param each the list whose elements it is repeated for; empty for once
     * @param end the text of a list's last line
     */
    record Part(Kind kind, String name, String text, String each, String end) implements Serializable {}
}
