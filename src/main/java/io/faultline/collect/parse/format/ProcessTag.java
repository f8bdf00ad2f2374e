package io.faultline.collect.parse.format;

import io.faultline.model.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * The tag that vLLM and Ray put before a line, where decode left it: {@code (VllmWorker rank=5 pid=77) }.
 *
 * @param length how many characters it takes with the blank behind it
 */
public record ProcessTag(String process, @Nullable String rank, String pid, int length) {

    /** The tag at the start of a text, or null. */
    public static @Nullable ProcessTag read(String text) {
        if (text.isEmpty() || text.charAt(0) != '(') {
            return null;
        }
        int close = text.indexOf(')');
        int pidAt = text.indexOf("pid=");
        if (close < 0 || close > 120 || pidAt < 2 || pidAt > close) {
            return null;
        }
        Cursor cursor = new Cursor(text, 1);
        String process = cursor.word();
        int rankAt = text.indexOf("rank=");
        String rank = rankAt > 0 && rankAt < close ? digits(text, rankAt + 5) : null;
        int length = close + 1;
        while (length < text.length() && text.charAt(length) == ' ') {
            length++;
        }
        return new ProcessTag(process, rank, digits(text, pidAt + 4), length);
    }

    public void describe(Draft draft) {
        draft.attribute("process", process).attribute("pid", pid).attribute("rank", rank);
    }

    public ParseResult.Parsed describe(ParseResult.Parsed parsed) {
        Attributes attributes = parsed.attributes().with("process", process).with("pid", pid);
        return new ParseResult.Parsed(
                parsed.by(),
                parsed.timestamp(),
                parsed.severityNumber(),
                parsed.severityText(),
                parsed.message(),
                parsed.kind(),
                parsed.entity(),
                parsed.measures(),
                rank == null ? attributes : attributes.with("rank", rank));
    }

    private static String digits(String text, int from) {
        int to = from;
        while (to < text.length() && Character.isDigit(text.charAt(to))) {
            to++;
        }
        return text.substring(from, to);
    }
}
