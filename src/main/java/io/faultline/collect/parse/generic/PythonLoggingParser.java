package io.faultline.collect.parse.generic;

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

/**
 * Python's logging as most configurations write it: {@code LEVEL:logger:text}; or a time, then name and level in either
 * order between blanks, dashes, bars or brackets, as also loguru, DeepSpeed and Ray write it.
 */
public final class PythonLoggingParser implements FormatParser {

    /** So many words may stand between the time and the level: a name, a process, a thread, a module. */
    private static final int MOST_WORDS = 4;

    @Override
    public String name() {
        return "python-logging";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 8) {
            return false;
        }
        char first = text.charAt(0);
        return (first >= '0' && first <= '9')
                || (first == '[' && text.charAt(1) >= '0' && text.charAt(1) <= '9')
                || first == '('
                || first == '/'
                || (first >= 'A' && first <= 'Z' && text.lastIndexOf(':', 8) > 3);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        ProcessTag tag = ProcessTag.read(text);
        Cursor cursor = new Cursor(text, tag == null ? 0 : tag.length());
        char first = cursor.peek();
        boolean read = first == '/'
                ? warning(text, cursor.position(), draft)
                : Character.isLetter(first) ? basic(cursor, draft) : timed(cursor, draft, context);
        if (!read) {
            return ParseResult.UNRECOGNISED;
        }
        if (tag != null) {
            tag.describe(draft);
        }
        Faults.refine(draft);
        return draft.parsed();
    }

    /** {@code WARNING:root:text}. */
    private static boolean basic(Cursor cursor, Draft draft) {
        String level = cursor.until(':');
        int severity = level == null ? 0 : SeverityWords.numberOf(level);
        String logger = severity == 0 ? null : cursor.until(':');
        if (level == null || logger == null || logger.isEmpty() || logger.indexOf(' ') >= 0) {
            return false;
        }
        draft.severity(severity, level).attribute("logger", logger).message(cursor.rest());
        return true;
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
        cursor.take('[');
        Instant time = context.timestamps().iso(cursor);
        if (time == null) {
            return false;
        }
        draft.at(time);
        String name = null;
        for (int i = 0; i <= MOST_WORDS; i++) {
            separators(cursor);
            String word = name(cursor);
            if (word.isEmpty()) {
                return false;
            }
            int severity = word.chars().allMatch(Character::isLetter) ? SeverityWords.numberOf(word) : 0;
            if (severity > 0) {
                draft.severity(severity, word).attribute("logger", name);
                separators(cursor);
                draft.message(cursor.rest());
                return true;
            }
            name = name == null ? word : name;
        }
        return false;
    }

    /** Passes blanks and what stands between the parts of a head; a bracket that opens the text stays. */
    private static void separators(Cursor cursor) {
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            boolean dash = c == '-' || c == '|' || c == ':' || c == ']' || c == ',';
            if (c != ' ' && c != '\t' && !dash && !(c == '[')) {
                return;
            }
            cursor.take(c);
        }
    }

    private static String name(Cursor cursor) {
        StringBuilder name = new StringBuilder();
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            if (c <= ' ' || c == ']' || c == '|' || (c == ':' && name.length() > 0 && ends(cursor))) {
                break;
            }
            name.append(c);
            cursor.take(c);
        }
        return name.toString();
    }

    /** Whether a colon ends a name: a blank or nothing follows. */
    private static boolean ends(Cursor cursor) {
        int here = cursor.position();
        cursor.take(':');
        boolean blank = cursor.atEnd() || cursor.peek() <= ' ';
        cursor.position(here);
        return blank;
    }
}
