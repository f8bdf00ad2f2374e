package io.faultline.collect.parse.format;

import org.jspecify.annotations.Nullable;

/** A place in a text that moves forward. A method that does not find what it asks for leaves it where it is. */
public final class Cursor {

    private final String text;
    private int at;

    public Cursor(String text) {
        this(text, 0);
    }

    public Cursor(String text, int from) {
        this.text = text;
        this.at = from;
    }

    public int position() {
        return at;
    }

    public void position(int position) {
        at = position;
    }

    public boolean atEnd() {
        return at >= text.length();
    }

    /** The next character; 0 at the end. */
    public char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    public boolean take(char wanted) {
        if (peek() != wanted || atEnd()) {
            return false;
        }
        at++;
        return true;
    }

    public boolean take(String wanted) {
        if (!text.startsWith(wanted, at)) {
            return false;
        }
        at += wanted.length();
        return true;
    }

    public Cursor spaces() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return this;
    }

    /** Exactly so many digits as a number, or -1. */
    public int digits(int count) {
        if (at + count > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        at += count;
        return value;
    }

    /** A whole number of 1 to 18 digits, or -1. */
    public long number() {
        int i = at;
        long value = 0;
        while (i < text.length() && i - at < 19) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            value = value * 10 + digit;
            i++;
        }
        if (i == at || i - at > 18) {
            return -1;
        }
        at = i;
        return value;
    }

    /** The text before the next such character, which is passed too; null where there is none. */
    @Nullable
    public String until(char end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            return null;
        }
        String before = text.substring(at, found);
        at = found + 1;
        return before;
    }

    /** The text before the next such text, which is passed too; null where there is none. */
    @Nullable
    public String until(String end) {
        int found = text.indexOf(end, at);
        if (found < 0) {
            return null;
        }
        String before = text.substring(at, found);
        at = found + end.length();
        return before;
    }

    /** An ASCII digit; {@link Character#isDigit} takes those of all scripts. */
    public static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Where the digits end that begin at a place; the place itself where none does. */
    public static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /**
     * Where a character stands last in a part of a text, or -1. {@code String.lastIndexOf} would go on to the start of
     * the text, which makes a megabyte of nothing but separators take minutes.
     */
    public static int lastIn(String text, char wanted, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (text.charAt(i) == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** What comes before the next white space or the end. */
    public String word() {
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ') {
            at++;
        }
        return text.substring(from, at);
    }

    /** The whole number that stands behind a part of a text, or -1. */
    public static long numberBehind(String text, String before) {
        int found = text.indexOf(before);
        return found < 0 ? -1 : new Cursor(text, found + before.length()).number();
    }

    /** At most so many characters from a place on. */
    public String textFrom(int from, int length) {
        return text.substring(Math.min(from, text.length()), Math.min(from + length, text.length()));
    }

    public String rest() {
        return text.substring(Math.min(at, text.length()));
    }
}
