package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Beginnings;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.ProcessTag;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Python's logging as most configurations write it: {@code LEVEL:logger:text}; a level and a text; or a time, then name and
 * level in either order between blanks, dashes, bars or brackets, as also loguru, Ray, Kafka and nginx's error log write it.
 */
public final class PythonLoggingParser implements FormatParser {

    @Override
    public String name() {
        return "python-logging";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return Beginnings.CAPITALS + Beginnings.DIGITS + "[(/";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 8) {
            return false;
        }
        char first = text.charAt(0);
        char second = text.charAt(1);
        return (first >= '0' && first <= '9')
                || (first == '[' && ((second >= '0' && second <= '9') || startsWithLevel(text, 1)))
                || first == '('
                || first == '/'
                || startsWithLevel(text, 0);
    }

    /** Four to eight capitals and what may stand behind a level; which capitals they are is looked at later. */
    private static boolean startsWithLevel(String text, int from) {
        int i = from;
        while (i < text.length() && i < from + 9 && text.charAt(i) >= 'A' && text.charAt(i) <= 'Z') {
            i++;
        }
        return i >= from + 4 && i < text.length() && " :]|".indexOf(text.charAt(i)) >= 0;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        ProcessTag tag = ProcessTag.read(text);
        Cursor cursor = new Cursor(text, tag == null ? 0 : tag.length());
        if (!read(text, cursor, draft, context)) {
            return ParseResult.UNRECOGNISED;
        }
        if (tag != null) {
            tag.describe(draft);
        }
        Faults.refine(draft);
        return draft.parsed();
    }

    private static boolean read(String text, Cursor cursor, Draft draft, ParseContext context) {
        char first = cursor.peek();
        if (first == '/') {
            return warning(text, cursor.position(), draft);
        }
        if (Character.isLetter(first)) {
            return levelFirst(cursor, draft, context);
        }
        int start = cursor.position();
        if (first == '[' && cursor.take('[') && Character.isLetter(cursor.peek())) {
            return bracketedLevel(cursor, draft, context);
        }
        cursor.position(start);
        return timed(cursor, draft, context);
    }

    /** {@code WARNING:root:text}, {@code ERROR: text}, {@code INFO 2026-03-01 10:00:00,000 name: text}. */
    private static boolean levelFirst(Cursor cursor, Draft draft, ParseContext context) {
        String level = capitals(cursor);
        int severity = SeverityWords.numberOf(level);
        if (severity == 0) {
            return false;
        }
        draft.severity(severity, level);
        int behind = cursor.position();
        LogHead.separators(cursor);
        Instant time = context.timestamps().iso(cursor);
        if (time != null) {
            draft.at(time);
            LogHead.rest(cursor, draft, null, false);
            return true;
        }
        cursor.position(behind);
        if (cursor.take(" - ") || cursor.take(": ") || cursor.take(" | ")) {
            draft.message(cursor.spaces().rest());
            return true;
        }
        String logger = cursor.take(':') ? cursor.until(':') : null;
        if (logger == null || logger.isEmpty() || logger.indexOf(' ') >= 0) {
            return false;
        }
        draft.attribute("logger", logger).message(cursor.rest());
        return true;
    }

    /** {@code [INFO] text}, {@code [WARNING] 2026-03-01 10:00:00 name: text}. */
    private static boolean bracketedLevel(Cursor cursor, Draft draft, ParseContext context) {
        String level = capitals(cursor);
        int severity = SeverityWords.numberOf(level);
        if (severity == 0 || !cursor.spaces().take(']')) {
            return false;
        }
        draft.severity(severity, level);
        LogHead.separators(cursor);
        int bracket = cursor.position();
        cursor.take('[');
        Instant time = context.timestamps().iso(cursor);
        if (time == null) {
            cursor.position(bracket);
        } else {
            cursor.take(']');
        }
        draft.at(time);
        LogHead.rest(cursor, draft, null, false);
        return true;
    }

    private static String capitals(Cursor cursor) {
        StringBuilder word = new StringBuilder();
        while (cursor.peek() >= 'A' && cursor.peek() <= 'Z' && word.length() < 10) {
            word.append(cursor.peek());
            cursor.take(cursor.peek());
        }
        return word.toString();
    }

    /** {@code /app/train.py:27: UserWarning: text}, as Python's warnings module prints it. */
    private static boolean warning(String text, int from, Draft draft) {
        Cursor cursor = new Cursor(text, from);
        String file = cursor.until(".py:");
        boolean line = file != null && file.indexOf(' ') < 0 && cursor.number() >= 0 && cursor.take(": ");
        String category = line ? cursor.until(": ") : null;
        if (category == null || !category.endsWith("Warning") || category.indexOf(' ') >= 0) {
            return false;
        }
        draft.severity(Severity.WARN.number(), category).message(cursor.rest());
        return true;
    }

    private static boolean timed(Cursor cursor, Draft draft, ParseContext context) {
        boolean bracket = cursor.take('[');
        @Nullable Instant time = context.timestamps().iso(cursor);
        if (time == null) {
            return false;
        }
        if (bracket) {
            cursor.take(']');
        }
        draft.at(time);
        int start = cursor.position();
        if (cursor.take(':') && Character.isLetter(cursor.peek()) && LogHead.colons(cursor, draft)) {
            return true;
        }
        cursor.position(start);
        return LogHead.words(cursor, draft);
    }
}
