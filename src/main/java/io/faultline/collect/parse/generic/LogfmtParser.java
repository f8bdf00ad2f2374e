package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Beginnings;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code key=value key="some text" flag}, as logrus, slog's text handler, Prometheus and Grafana write it. */
public final class LogfmtParser implements FormatParser {

    private static final int LONGEST_KEY = 64;

    @Override
    public String name() {
        return "logfmt";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return Beginnings.LETTERS + Beginnings.DIGITS + "_.-/@\"";
    }

    @Override
    public boolean mayRead(String text) {
        int i = text.isEmpty() || text.charAt(0) != '"' ? 0 : 1;
        while (i < text.length() && i < LONGEST_KEY && isKey(text.charAt(i))) {
            i++;
        }
        return i > 0 && i < text.length() - 1 && (text.charAt(i) == '=' || text.startsWith("\"=", i));
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        Cursor cursor = new Cursor(text);
        int pairs = 0;
        boolean flags = false;
        boolean isLog = false;
        while (!cursor.spaces().atEnd()) {
            String key = key(cursor);
            if (key == null) {
                return ParseResult.UNRECOGNISED;
            }
            if (cursor.take('=')) {
                String value = value(cursor);
                if (value == null) {
                    return ParseResult.UNRECOGNISED;
                }
                pairs++;
                isLog |= put(key, value, draft, context.timestamps());
            } else if (cursor.atEnd() || cursor.peek() == ' ') {
                flags = true;
                draft.attribute(key, "true");
            } else {
                return ParseResult.UNRECOGNISED;
            }
        }
        // Without a level or a message a sentence that begins with a pair would do as well.
        if (!isLog && (flags || pairs < 2)) {
            return ParseResult.UNRECOGNISED;
        }
        Faults.refine(draft);
        return draft.parsed();
    }

    /** Puts a pair where it belongs; whether its key is one that loggers write. */
    private static boolean put(String key, String value, Draft draft, Timestamps timestamps) {
        JsonKeys.Meaning meaning = JsonKeys.of(key);
        if (meaning == null) {
            draft.attribute(key, value);
            return false;
        }
        switch (meaning.role()) {
            case MESSAGE -> {
                draft.message(value);
                return true;
            }
            case LEVEL -> {
                int severity = JsonFields.ofWord(value);
                draft.severity(severity == 0 ? draft.severityNumber() : severity, value);
                return severity > 0;
            }
            case TIME -> {
                Instant time = JsonTimes.of(value, timestamps);
                if (time == null) {
                    draft.attribute(key, value);
                } else {
                    draft.at(draft.timestamp() == null ? time : draft.timestamp());
                }
                return false;
            }
            case MEASURE -> {
                if (!Numbers.put(draft.measures(), meaning.name(), 1, value, 0, value.length())) {
                    draft.attribute(key, value);
                }
                return false;
            }
            case EXCEPTION -> draft.attribute(key, value);
        }
        return false;
    }

    private static @Nullable String key(Cursor cursor) {
        if (cursor.peek() == '"') {
            return quoted(cursor);
        }
        StringBuilder key = new StringBuilder();
        while (isKey(cursor.peek()) && key.length() <= LONGEST_KEY) {
            key.append(cursor.peek());
            cursor.take(cursor.peek());
        }
        return key.isEmpty() || key.length() > LONGEST_KEY ? null : key.toString();
    }

    private static @Nullable String value(Cursor cursor) {
        return cursor.peek() == '"' ? quoted(cursor) : cursor.word();
    }

    /** A text in quotes; null where they are never closed or something sticks to them. */
    private static @Nullable String quoted(Cursor cursor) {
        cursor.take('"');
        StringBuilder text = new StringBuilder();
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            cursor.take(c);
            if (c == '"') {
                char next = cursor.peek();
                return cursor.atEnd() || next == ' ' || next == '=' || next == '\t' ? text.toString() : null;
            }
            if (c == '\\' && !cursor.atEnd()) {
                char escaped = cursor.peek();
                cursor.take(escaped);
                switch (escaped) {
                    case 'n' -> text.append('\n');
                    case 't' -> text.append('\t');
                    case 'r' -> text.append('\r');
                    case '"', '\\' -> text.append(escaped);
                    default -> text.append('\\').append(escaped);
                }
            } else {
                text.append(c);
            }
        }
        return null;
    }

    private static boolean isKey(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '/' || c == '@';
    }
}
