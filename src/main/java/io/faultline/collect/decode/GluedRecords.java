package io.faultline.collect.decode;

import static io.faultline.collect.parse.format.Cursor.endOfDigits;
import static io.faultline.collect.parse.format.Cursor.isDigit;

/**
 * Finds where a second record begins on the same line: many processes write to one pipe without a lock. Only heads that
 * are unmistakable in the middle of a text are looked for, and none inside of a quotation: what a user wrote is no record.
 */
final class GluedRecords {

    private static final String[] LEVELS = {"INFO ", "WARNING ", "ERROR "};

    private static final String MLLOG = ":::MLLOG {";

    private GluedRecords() {}

    /** Where the next record begins behind a position, or -1. */
    static int next(String text, int from) {
        int found = head(text, from);
        return found < 0 || isQuoted(text, from, found) ? -1 : found;
    }

    /** Behind the first head that is quoted none is believed: what ends the quotation may be quoted itself. */
    private static boolean isQuoted(String text, int from, int at) {
        char first = text.charAt(from);
        boolean escapedLineEnd = at - 2 >= from && text.charAt(at - 2) == '\\' && text.charAt(at - 1) != '\\';
        return escapedLineEnd
                || first == '|'
                || first == '\u2502'
                || hasOpenQuote(text, from, at)
                || Prompts.isOpen(text, from, at);
    }

    private static boolean hasOpenQuote(String text, int from, int to) {
        boolean open = false;
        for (int i = text.indexOf('"', from); i >= 0 && i < to; i = text.indexOf('"', i + 1)) {
            boolean escaped = i > from && text.charAt(i - 1) == '\\';
            open = escaped ? open : !open;
        }
        return open;
    }

    private static int head(String text, int from) {
        int found = -1;
        for (int at = text.indexOf('[', from + 1); at >= 0 && found < 0; at = text.indexOf('[', at + 1)) {
            if (isBracketHead(text, at) && !isBlank(text, from, at)) {
                found = at;
            }
        }
        int benchmark = text.indexOf(MLLOG, from + 1);
        if (benchmark > 0 && (found < 0 || benchmark < found) && !isBlank(text, from, benchmark)) {
            found = isGlue(text.charAt(benchmark - 1)) ? benchmark : found;
        }
        for (String level : LEVELS) {
            int at = text.indexOf(level, from + 1);
            if (at > 0 && (found < 0 || at < found) && isMonthDay(text, at + level.length())) {
                int head = startOfLevelHead(text, from, at);
                found = head > from && !isBlank(text, from, head) ? head : found;
            }
        }
        return found;
    }

    /** {@code [rank3]:[E810 }, {@code [Rank 3] (after}, and {@code [2026-03-01 10:00:00} right behind a letter. */
    private static boolean isBracketHead(String text, int at) {
        if (text.startsWith("rank", at + 1)) {
            int end = endOfDigits(text, at + 5);
            return end > at + 5
                    && text.startsWith("]:[", end)
                    && end + 4 < text.length()
                    && "IWEF".indexOf(text.charAt(end + 3)) >= 0
                    && isDigit(text.charAt(end + 4));
        }
        if (text.startsWith("Rank ", at + 1)) {
            int end = endOfDigits(text, at + 6);
            return end > at + 6 && text.startsWith("] (after", end);
        }
        return isGlue(text.charAt(at - 1)) && Heads.isIsoTime(text, at + 1);
    }

    /** The level itself where it sticks to a text, or the process tag before it. */
    private static int startOfLevelHead(String text, int from, int level) {
        if (level >= 2 && text.charAt(level - 1) == ' ' && text.charAt(level - 2) == ')') {
            int tag = text.lastIndexOf('(', level);
            return tag > from && text.substring(tag, level).contains(" pid=") ? tag : -1;
        }
        return isGlue(text.charAt(level - 1)) ? level : -1;
    }

    private static boolean isMonthDay(String text, int at) {
        return at + 14 <= text.length()
                && isDigit(text.charAt(at))
                && isDigit(text.charAt(at + 1))
                && text.charAt(at + 2) == '-'
                && isDigit(text.charAt(at + 3))
                && isDigit(text.charAt(at + 4))
                && text.charAt(at + 5) == ' '
                && text.charAt(at + 8) == ':'
                && text.charAt(at + 11) == ':';
    }

    /** What a text ends with when the next follows without a line end; a blank or a colon would make it a quotation. */
    private static boolean isGlue(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == ')' || c == '%' || c == '}' || c == '!';
    }

    private static boolean isBlank(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != ' ') {
                return false;
            }
        }
        return true;
    }
}
