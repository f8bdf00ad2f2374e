package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.SeverityWords;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the time of a line and its text: level, logger, thread, process and source, in any order and between
 * blanks, dashes, bars, colons or brackets.
 */
final class LogHead {

    /** So many words may stand between the time and the level: a name, a process, a thread, a module. */
    private static final int MOST_WORDS = 4;

    /** Longer brackets are text. */
    private static final int LONGEST = 120;

    private LogHead() {}

    /** Reads the words up to the level, and what follows it; false where no level comes. */
    static boolean words(Cursor cursor, Draft draft) {
        String logger = null;
        for (int i = 0; i <= MOST_WORDS; i++) {
            boolean marked = separators(cursor);
            String word = word(cursor);
            if (word.isEmpty()) {
                return false;
            }
            int severity = isLetters(word) ? SeverityWords.numberOf(word) : 0;
            // "failed with error" is a sentence: a level in small letters stands first or between marks.
            if (severity > 0 && (i == 0 || marked || isCapitals(word))) {
                draft.severity(severity, word).attribute("logger", logger);
                rest(cursor, draft, logger, cursor.spaces().peek() == '|');
                return true;
            }
            int slash = word.indexOf('/');
            int celery = slash > 3 ? SeverityWords.numberOf(word.substring(0, slash)) : 0;
            if (celery > 0) {
                draft.severity(celery, word.substring(0, slash)).attribute("process", word.substring(slash + 1));
                rest(cursor, draft, word, false);
                return true;
            }
            if (isDigits(word)) {
                draft.attribute("pid", word);
            } else if (word.equals("MainThread") || word.startsWith("Thread-")) {
                draft.attribute("thread", word);
            } else if (logger == null) {
                logger = word;
            }
        }
        return false;
    }

    /** {@code INFO:name:text} and {@code name:INFO:text} right behind a time and a colon. */
    static boolean colons(Cursor cursor, Draft draft) {
        String first = cursor.until(':');
        String second = first == null ? null : cursor.until(':');
        if (first == null || second == null || first.indexOf(' ') >= 0 || second.indexOf(' ') >= 0) {
            return false;
        }
        int severity = SeverityWords.numberOf(first);
        boolean levelFirst = severity > 0;
        severity = levelFirst ? severity : SeverityWords.numberOf(second);
        draft.severity(severity, levelFirst ? first : second).attribute("logger", levelFirst ? second : first);
        draft.message(text(cursor));
        return severity > 0;
    }

    /** Reads what stands behind the level. Where a logger was named before it, no name is looked for. */
    static void rest(Cursor cursor, Draft draft, @Nullable String logger, boolean loguru) {
        int level = cursor.position();
        separators(cursor);
        boolean dashed = dashBetween(cursor, level);
        int start = cursor.position();
        String bracket = cursor.peek() == '[' && cursor.take('[') ? cursor.until(']') : null;
        if (bracket != null && isSource(bracket)) {
            draft.attribute("source", bracket).message(text(cursor));
            return;
        }
        cursor.position(start);
        String token = cursor.word();
        if (loguru && cursor.take(" - ")) {
            draft.attribute("source", token).attribute("logger", before(token, ':'));
        } else if (cursor.take(" -- ") && isSource(token)) {
            draft.attribute("source", token);
        } else if (logger == null && isName(token) && (dashed || isDotted(token)) && cursor.take(" - ")) {
            draft.attribute("logger", token);
        } else if (logger == null && token.endsWith(":") && isLoggerColon(token)) {
            String name = token.substring(0, token.length() - 1);
            draft.attribute(isSource(name) ? "source" : "logger", name);
        } else {
            cursor.position(start);
        }
        draft.message(text(cursor));
    }

    private static String text(Cursor cursor) {
        return cursor.spaces().rest();
    }

    /** Passes blanks and what stands between the parts of a head; whether that was more than blanks. */
    static boolean separators(Cursor cursor) {
        boolean marked = false;
        while (!cursor.atEnd()) {
            char c = cursor.peek();
            boolean blank = c == ' ' || c == '\t';
            if (!blank && c != '-' && c != '|' && c != ':' && c != ']' && c != ',') {
                return marked;
            }
            // The sign of a number and a list's dash belong to the text.
            if (c == '-' && !isDash(cursor)) {
                return marked;
            }
            marked |= !blank;
            cursor.take(c);
        }
        return marked;
    }

    private static boolean isDash(Cursor cursor) {
        int here = cursor.position();
        cursor.take('-');
        char next = cursor.peek();
        cursor.position(here);
        return next == ' ' || next == '-' || next == 0;
    }

    private static boolean dashBetween(Cursor cursor, int from) {
        int here = cursor.position();
        cursor.position(from);
        boolean dash = cursor.spaces().peek() == '-';
        cursor.position(here);
        return dash;
    }

    /** A word, or the whole of a bracket. */
    private static String word(Cursor cursor) {
        if (cursor.peek() == '[') {
            int start = cursor.position();
            cursor.take('[');
            String inside = cursor.until(']');
            if (inside != null && inside.length() <= LONGEST) {
                return inside.strip();
            }
            cursor.position(start + 1);
        }
        StringBuilder name = new StringBuilder();
        while (!cursor.atEnd() && name.length() < LONGEST) {
            char c = cursor.peek();
            if (c <= ' ' || c == ']' || c == '|' || c == '[' || (c == ':' && name.length() > 0 && ends(cursor))) {
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

    /** {@code config.py:752:print}, {@code head.py:99}. */
    private static boolean isSource(String text) {
        int colon = text.indexOf(':');
        return colon > 0
                && colon + 1 < text.length()
                && text.length() <= LONGEST
                && text.indexOf(' ') < 0
                && Character.isDigit(text.charAt(colon + 1));
    }

    /** {@code torch.distributed:}, {@code my_app:}, {@code server.py:17:}; not the first word of a sentence. */
    private static boolean isLoggerColon(String token) {
        String name = token.substring(0, token.length() - 1);
        return isSource(name) || (isName(name) && isDotted(name) && !name.endsWith("Error"));
    }

    private static boolean isDotted(String name) {
        return name.indexOf('.') > 0 || name.indexOf('_') > 0;
    }

    private static boolean isName(String text) {
        if (text.isEmpty() || !(Character.isLetter(text.charAt(0)) || text.charAt(0) == '_')) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static String before(String text, char end) {
        int found = text.indexOf(end);
        return found < 0 ? text : text.substring(0, found);
    }

    private static boolean isLetters(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!Character.isLetter(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCapitals(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!Character.isUpperCase(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigits(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!Character.isDigit(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
