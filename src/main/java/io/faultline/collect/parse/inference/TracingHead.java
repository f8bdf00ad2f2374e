package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.SeverityWords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The head of Rust's tracing: {@code 2026-03-01T10:00:00.000001Z  INFO span{key=value …}: target: file.rs:12: text}, spans
 * and place optional.
 *
 * @param spansFrom where the spans begin
 * @param spansTo where they end; the same where there are none
 * @param target the Rust module that writes; empty where it is left out
 * @param messageStart where the text begins
 */
record TracingHead(
        Instant timestamp,
        String level,
        int severityNumber,
        int spansFrom,
        int spansTo,
        String target,
        int messageStart) {

    static @Nullable TracingHead read(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        Instant time = context.timestamps().iso(cursor);
        if (time == null || cursor.peek() != ' ') {
            return null;
        }
        String level = cursor.spaces().word();
        int severity =
                switch (level) {
                    case "TRACE", "DEBUG", "INFO", "WARN", "ERROR" -> SeverityWords.numberOf(level);
                    default -> 0;
                };
        if (severity == 0 || !cursor.take(' ')) {
            return null;
        }
        int at = cursor.position();
        int end = endOfSegment(text, at);
        int spansTo = at;
        if (end > at && (text.charAt(end - 1) == '}' || isSpanWithoutFields(text, at, end))) {
            spansTo = end;
            int from = end + 2;
            return target(text, time, level, severity, at, spansTo, Math.min(from, text.length()));
        }
        return target(text, time, level, severity, at, spansTo, at);
    }

    private static TracingHead target(
            String text, Instant time, String level, int severity, int spansFrom, int spansTo, int from) {
        int end = text.indexOf(": ", from);
        if (end < 0 && text.endsWith(":")) {
            end = text.length() - 1;
        }
        String target = "";
        int at = from;
        if (end > from && isModule(text, from, end)) {
            target = text.substring(from, end);
            at = Math.min(end + 2, text.length());
            int place = text.indexOf(": ", at);
            if (place > at && isPlace(text, at, place)) {
                at = place + 2;
            }
        }
        return new TracingHead(time, level, severity, spansFrom, spansTo, target, at);
    }

    /** Where the colon and blank stand that end spans or target: outside of quotes and braces; or -1. */
    private static int endOfSegment(String text, int from) {
        int depth = 0;
        boolean quoted = false;
        for (int i = from; i + 1 < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ':' && depth == 0 && text.charAt(i + 1) == ' ') {
                return i;
            } else if (c == ' ' && depth == 0 && !text.startsWith("request{", i + 1)) {
                // "HTTP request{…}" is the one span whose name has a blank.
                return -1;
            }
        }
        return -1;
    }

    /** {@code shard-manager: text_generation_launcher: text}: what follows is the module. */
    private static boolean isSpanWithoutFields(String text, int from, int end) {
        int next = text.indexOf(": ", end + 2);
        return next > 0
                && next - end < 80
                && text.indexOf("::", from) != from
                && isModule(text, end + 2, next)
                && (text.lastIndexOf('_', next) > end || text.lastIndexOf("::", next) > end)
                && !isPlace(text, end + 2, next);
    }

    private static boolean isModule(String text, int from, int end) {
        if (end - from > 120) {
            return false;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != ':' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /** {@code router/src/server.rs:289}. */
    private static boolean isPlace(String text, int from, int end) {
        int extension = text.indexOf(".rs:", from);
        if (extension < 0 || extension > end || text.charAt(from) == ' ') {
            return false;
        }
        int blank = text.indexOf(' ', from);
        return blank < 0 || blank > end;
    }
}
