package io.faultline.collect.redact;

import org.jspecify.annotations.Nullable;

/**
 * The value behind a key, however it is assigned: {@code key=value}, {@code "key": "value"}, {@code \"key\":\"value\"},
 * {@code 'key': ['value']}, {@code --key value}, {@code key%3Dvalue}.
 *
 * @param start where it begins, without quotes
 * @param end the index behind it
 * @param quoted whether it stands in quotes or brackets
 */
record AssignedValue(int start, int end, boolean quoted) {

    private static final int MAX_SPACES = 4;

    /** Backslashes before a quote: JSON in JSON in JSON has seven. */
    private static final int MAX_CLOSING = 9;

    /**
     * The value assigned to the key that ends at an index; null where nothing is assigned.
     *
     * @param option whether the key is an option of a command line, whose value follows a space
     */
    static @Nullable AssignedValue behind(String text, int keyEnd, boolean option) {
        int i = keyEnd;
        while (i - keyEnd < MAX_CLOSING && "\\\"'`]".indexOf(Texts.at(text, i)) >= 0 && i < text.length()) {
            i++;
        }
        boolean spaced = Texts.isSpace(Texts.at(text, i));
        int sign = spaces(text, i);
        int value = afterSign(text, sign);
        if (value < 0) {
            if (!option || !spaced) {
                return null;
            }
            value = sign;
        }
        return value >= text.length() ? null : at(text, spaces(text, value));
    }

    private static int spaces(String text, int from) {
        int i = from;
        while (i - from < MAX_SPACES && Texts.isSpace(Texts.at(text, i))) {
            i++;
        }
        return i;
    }

    /** The index behind {@code =}, {@code :}, {@code =>}, {@code :=}, {@code ==}, {@code %3D}, {@code %3A}; else -1. */
    private static int afterSign(String text, int at) {
        char sign = Texts.at(text, at);
        char second = Texts.at(text, at + 1);
        if (sign == '%' && second == '3' && "DdAa".indexOf(Texts.at(text, at + 2)) >= 0 && at + 2 < text.length()) {
            return at + 3;
        }
        if (sign == '=') {
            return second == '>' || second == '=' ? at + 2 : at + 1;
        }
        if (sign == ':') {
            return second == '/' ? -1 : second == '=' || second == ':' ? at + 2 : at + 1;
        }
        return -1;
    }

    /** The value that begins at an index, after brackets, quotes and Python's {@code b}. */
    static @Nullable AssignedValue at(String text, int from) {
        int i = from;
        int brackets = 0;
        while (brackets < 3 && "[({".indexOf(Texts.at(text, i)) >= 0 && i < text.length()) {
            i++;
            brackets++;
        }
        if ("brf".indexOf(Texts.at(text, i)) >= 0 && Texts.isQuote(Texts.at(text, i + 1))) {
            i++;
        }
        int backslashes = 0;
        while (Texts.at(text, i + backslashes) == '\\' && backslashes < MAX_CLOSING) {
            backslashes++;
        }
        char quote = Texts.at(text, i + backslashes);
        if (Texts.isQuote(quote)) {
            int start = i + backslashes + 1;
            return new AssignedValue(start, closingQuote(text, start, quote, backslashes), true);
        }
        if (i >= text.length() || text.charAt(i) <= ' ') {
            return null;
        }
        return new AssignedValue(i, bareEnd(text, i), false);
    }

    /** The value in quotes or, from bracket to bracket, a whole list or object; null where it is neither. */
    static @Nullable AssignedValue quotedAt(String text, int from) {
        char first = Texts.at(text, from);
        if (first == '[' || first == '{' || first == '(') {
            return new AssignedValue(from, closingBracket(text, from), true);
        }
        AssignedValue value = at(text, from);
        return value == null || !value.quoted ? null : value;
    }

    /**
     * Where a text in quotes ends: at the next quote that is escaped as the first was. Quotes inside of it have more
     * backslashes. The end of the text where a limit cut it.
     */
    private static int closingQuote(String text, int from, char quote, int backslashes) {
        int run = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == quote && (backslashes == 0 ? run % 2 == 0 : run <= backslashes)) {
                return i - (backslashes == 0 ? 0 : run);
            }
            run = c == '\\' ? run + 1 : 0;
        }
        return text.length();
    }

    /** Behind the bracket that closes the one at an index, brackets in quotes apart; the end of the text where none does. */
    static int closingBracket(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                int backslashes = 0;
                while (Texts.at(text, i - 1 - backslashes) == '\\' && i - 1 - backslashes > from) {
                    backslashes++;
                }
                // An apostrophe inside of a word opens nothing.
                if (c == '"' || !Texts.isWordChar(Texts.at(text, i - 1))) {
                    i = closingQuote(text, i + 1, c, backslashes) + backslashes;
                }
            } else if (c == '[' || c == '{' || c == '(') {
                depth++;
            } else if ((c == ']' || c == '}' || c == ')') && --depth == 0) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static int bareEnd(String text, int from) {
        int end = from;
        while (end < text.length() && isBare(text.charAt(end)) && !beginsNext(text, end)) {
            end++;
        }
        while (end > from && ",;.)]}".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isBare(char c) {
        return c > ' ' && !Texts.isQuote(c) && c != '&' && c != '<' && c != '\\';
    }

    /** {@code ,user=} or {@code ;Endpoint=}: the next of several assignments. */
    private static boolean beginsNext(String text, int at) {
        char c = text.charAt(at);
        if (c != ',' && c != ';') {
            return false;
        }
        int i = at + 1;
        while (Texts.isTokenChar(Texts.at(text, i))) {
            i++;
        }
        return i > at + 1 && (Texts.at(text, i) == '=' || Texts.at(text, i) == ':');
    }
}
