package io.faultline.collect.parse.user;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.io.Serializable;
import java.util.List;

/**
 * One pattern for a whole record, from its start to the end of a line; lines that follow belong to it.
 *
 * @param parts its pieces in order; a {@code pattern} is one piece, a {@code match} one for each text and each brace
 */
public record LinePattern(List<Part> parts) implements Serializable {

    private static final int LONGEST_QUOTE = 40;

    public LinePattern {
        parts = List.copyOf(parts);
    }

    /**
     * @param written as it stands in the file
     * @param regex the same in RE2's syntax, fields as named groups
     */
    public record Part(String written, String regex) implements Serializable {}

    /** The whole in RE2's syntax. */
    public String regex() {
        return upTo(parts.size());
    }

    Pattern compile() {
        return Pattern.compile("(?:" + regex() + ")[ \\t]*(?:\\n(?s:.*))?");
    }

    /** How far the pattern reads a text that it does not match. */
    String whyNot(String text) {
        for (int read = parts.size(); read > 0; read--) {
            Matcher matcher = Pattern.compile(upTo(read)).matcher(text);
            if (matcher.lookingAt()) {
                String rest = quote(text.substring(matcher.end()));
                return read == parts.size()
                        ? "it ends, and " + rest + " is left over"
                        : "it reads " + quoteEnd(text.substring(0, matcher.end())) + ", but " + rest
                                + " does not go on with " + parts.get(read).written();
            }
        }
        return quote(text) + " does not begin with " + parts.get(0).written();
    }

    private String upTo(int count) {
        StringBuilder regex = new StringBuilder();
        parts.subList(0, count).forEach(part -> regex.append(part.regex()));
        return regex.toString();
    }

    private static String quoteEnd(String text) {
        int cut = text.length() - LONGEST_QUOTE;
        return '"' + (cut > 0 ? "…" + text.substring(cut) : text).replace('\n', ' ') + '"';
    }

    private static String quote(String text) {
        int newline = text.indexOf('\n');
        String line = newline < 0 ? text : text.substring(0, newline);
        return line.isEmpty()
                ? "the end of the line"
                : '"' + (line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "…" : line) + '"';
    }
}
