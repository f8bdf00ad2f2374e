package io.faultline.collect.redact;

/** The classes of characters that secrets are made of; ASCII only. */
final class Texts {

    private Texts() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean isWordChar(char c) {
        return isLetter(c) || isDigit(c);
    }

    /** Letters, digits, {@code _} and {@code -}: the alphabet of nearly all tokens. */
    static boolean isTokenChar(char c) {
        return isWordChar(c) || c == '_' || c == '-';
    }

    static boolean isBase64(char c) {
        return isWordChar(c) || c == '+' || c == '/';
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    static boolean isQuote(char c) {
        return c == '"' || c == '\'' || c == '`';
    }

    /** The character at an index, or 0 outside of the text. */
    static char at(String text, int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : 0;
    }

    /**
     * Whether a word begins at an index. The {@code n} of an escaped line end and the last digit of a URL's {@code %3D} are
     * no letters of a word.
     */
    static boolean beginsWord(String text, int index) {
        char before = at(text, index - 1);
        if (!isWordChar(before)) {
            return true;
        }
        boolean escaped = at(text, index - 2) == '\\' && (before == 'n' || before == 't' || before == 'r');
        return escaped || (at(text, index - 3) == '%' && isHex(before) && isHex(at(text, index - 2)));
    }
}
