package io.faultline.collect.parse.inference;

import static io.faultline.collect.parse.format.Cursor.isDigit;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;

/** Numbers that stand behind known words of a sentence. */
final class Texts {

    private Texts() {}

    /** Keeps the number that follows some words; false where it does not. */
    static boolean number(Draft draft, String name, String message, String after) {
        return number(draft, name, 1, message, after);
    }

    static boolean number(Draft draft, String name, double scale, String message, String after) {
        int found = message.indexOf(after);
        return found >= 0 && numberAt(draft, name, scale, message, found + after.length());
    }

    /** Keeps the number that begins at a place, with commas between its thousands. */
    static boolean numberAt(Draft draft, String name, double scale, String message, int from) {
        int to = endOfNumber(message, from);
        return to > from && Numbers.put(draft.measures(), name, scale, message, from, to);
    }

    /** Behind {@code 12}, {@code 1.5}, {@code -1}, {@code 3,912,140}, {@code nan}; a full stop or comma behind it is none of it. */
    static int endOfNumber(String message, int from) {
        int to = from;
        while (to < message.length()) {
            char c = message.charAt(to);
            boolean inside = c == '.' || c == ',';
            boolean digitBehind = to + 1 < message.length() && isDigit(message.charAt(to + 1));
            if (!isDigit(c) && !(inside && to > from && digitBehind) && !(c == '-' && to == from)) {
                break;
            }
            to++;
        }
        if (to == from && (message.startsWith("nan", from) || message.startsWith("inf", from))) {
            return from + 3;
        }
        return to;
    }

    /** Where some words stand in a part of a text, or -1; {@code String.indexOf} would look on to the end of the text. */
    static int indexIn(String text, String words, int from, int to) {
        for (int i = from; i <= to - words.length(); i++) {
            if (text.charAt(i) == words.charAt(0) && text.startsWith(words, i)) {
                return i;
            }
        }
        return -1;
    }

    /** Keeps the size, as {@code 84.68 GiB}, that follows some words; false where none does. */
    static boolean bytes(Draft draft, String name, String message, String after) {
        int found = message.indexOf(after);
        double bytes = found < 0 ? -1 : Numbers.bytes(message, found + after.length());
        if (bytes >= 0) {
            draft.measure(name, bytes);
        }
        return bytes >= 0;
    }
}
