package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Beginnings;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * Metrics as text, Prometheus and OpenMetrics: {@code name{label="value",…} number [milliseconds]} and the comments around.
 * A sample is {@code metric.sample} with its number as {@code value}; a known name is that measure as well.
 */
public final class PrometheusParser implements FormatParser {

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return Beginnings.LETTERS + "#_:";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 4) {
            return false;
        }
        char first = text.charAt(0);
        // DCGM's page is a format of its own: its labels name GPUs, and its numbers have blanks.
        if (text.startsWith("DCGM_", first == '#' ? 7 : 0)) {
            return false;
        }
        if (first == '#') {
            return text.startsWith("# HELP ")
                    || text.startsWith("# TYPE ")
                    || text.startsWith("# UNIT ")
                    || text.equals("# EOF");
        }
        if (!isNameStart(first)) {
            return false;
        }
        int end = endOfName(text, 0);
        return end < text.length()
                && end > 2
                && text.charAt(end - 1) != ':'
                && (text.charAt(end) == '{'
                        || (text.charAt(end) == ' ' && isSeveralWords(text, end) && isNumberStart(text, end + 1)));
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        if (text.charAt(0) == '#') {
            Cursor cursor = new Cursor(text, Math.min(7, text.length()));
            return draft.attribute("metric", cursor.word()).parsed();
        }
        int end = endOfName(text, 0);
        String metric = text.substring(0, end);
        draft.attribute("metric", metric);
        int at = end;
        if (text.charAt(end) == '{') {
            at = labels(text, end + 1, draft);
            if (at < 0) {
                return ParseResult.UNRECOGNISED;
            }
        }
        return sample(metric, text, at, draft) ? draft.parsed() : ParseResult.UNRECOGNISED;
    }

    /** The number, and behind it the time in milliseconds (OpenMetrics: seconds) and an exemplar. */
    private static boolean sample(String metric, String text, int from, Draft draft) {
        Cursor cursor = new Cursor(text, from);
        int start = cursor.spaces().position();
        String number = cursor.word();
        String time = cursor.spaces().word();
        boolean alone = time.isEmpty() || time.equals("#");
        if (!alone && (!cursor.spaces().atEnd() && cursor.peek() != '#')) {
            return false;
        }
        if (number.isEmpty() || !isNumberStart(text, start)) {
            return false;
        }
        draft.kind(EventKind.METRIC_SAMPLE);
        if (!PrometheusNames.isBlank(metric, number)) {
            if (!Numbers.put(draft.measures(), "value", 1, number, 0, number.length())) {
                return false;
            }
            PrometheusNames.Known known = PrometheusNames.of(metric);
            if (known != null) {
                Numbers.put(draft.measures(), known.measure(), known.scale(), number, 0, number.length());
            }
        }
        return alone || time(time, draft);
    }

    private static boolean time(String written, Draft draft) {
        double seconds;
        try {
            seconds = Double.parseDouble(written);
        } catch (NumberFormatException e) {
            return false;
        }
        draft.at(Timestamps.epoch(seconds));
        return draft.timestamp() != null;
    }

    /** Behind the closing brace; -1 where there is none. */
    private static int labels(String text, int from, Draft draft) {
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '}') {
                return at + 1;
            }
            if (c == ',' || c == ' ') {
                at++;
                continue;
            }
            int equals = endOfName(text, at);
            if (equals == at || !text.startsWith("=\"", equals)) {
                return -1;
            }
            int close = closingQuote(text, equals + 2);
            if (close < 0) {
                return -1;
            }
            label(text.substring(at, equals), unescaped(text.substring(equals + 2, close)), draft);
            at = close + 1;
        }
        return -1;
    }

    private static void label(String key, String value, Draft draft) {
        switch (key) {
            case "model_name" -> draft.entity(Entity.Level.MODEL, nonEmpty(value));
            case "Hostname" -> draft.entity(Entity.Level.NODE, nonEmpty(value));
            default -> {}
        }
        draft.attribute(key, value);
    }

    private static @Nullable String nonEmpty(String value) {
        return value.isEmpty() ? null : value;
    }

    private static int closingQuote(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        return -1;
    }

    private static String unescaped(String value) {
        return value.indexOf('\\') < 0
                ? value
                : value.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\");
    }

    /** A name alone before a number is a metric's only if it is made of several words. */
    private static boolean isSeveralWords(String text, int end) {
        for (int i = 1; i < end; i++) {
            if (text.charAt(i) == '_' || text.charAt(i) == ':') {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumberStart(String text, int at) {
        char c = at < text.length() ? text.charAt(at) : 0;
        return (c >= '0' && c <= '9')
                || c == '-'
                || c == '+'
                || text.startsWith("NaN", at)
                || text.startsWith("Inf", at);
    }

    private static int endOfName(String text, int from) {
        int i = from;
        while (i < text.length() && (isNameStart(text.charAt(i)) || (text.charAt(i) >= '0' && text.charAt(i) <= '9'))) {
            i++;
        }
        return i;
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    }
}
