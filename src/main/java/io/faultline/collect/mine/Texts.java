package io.faultline.collect.mine;

import static io.faultline.collect.mine.CharClass.DIGIT;
import static io.faultline.collect.mine.CharClass.HEX_LETTER;
import static io.faultline.collect.mine.CharClass.LETTER;

/** Questions about a range of characters. */
final class Texts {

    private Texts() {}

    /** Where the digits end that begin here, of which at most so many are read. */
    static int digitsEnd(char[] text, int at, int length, int most) {
        int end = at;
        while (end < length && end - at < most && CharClass.is(text[end], DIGIT)) {
            end++;
        }
        return end;
    }

    /** Whether no letter and no digit goes on here. */
    static boolean isEdge(char[] text, int at, int length) {
        return at >= length || (!CharClass.is(text[at], DIGIT | LETTER) && text[at] != '_');
    }

    static boolean isDigits(char[] text, int from, int to) {
        return areAll(text, from, to, DIGIT);
    }

    static boolean isLetters(char[] text, int from, int to) {
        return areAll(text, from, to, LETTER);
    }

    static boolean isHex(char[] text, int from, int to) {
        return areAll(text, from, to, DIGIT | HEX_LETTER);
    }

    private static boolean areAll(char[] text, int from, int to, int classes) {
        for (int i = from; i < to; i++) {
            if (!CharClass.is(text[i], classes)) {
                return false;
            }
        }
        return from < to;
    }

    static boolean hasDigit(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (CharClass.is(text[i], DIGIT)) {
                return true;
            }
        }
        return false;
    }

    /** Digits and dots. */
    static boolean isNumeric(char[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!CharClass.is(text[i], DIGIT) && text[i] != '.') {
                return false;
            }
        }
        return from < to;
    }

    static boolean has(char[] text, int from, int to, char c) {
        return indexOf(text, from, to, c) >= 0;
    }

    static int indexOf(char[] text, int from, int to, char c) {
        for (int i = from; i < to; i++) {
            if (text[i] == c) {
                return i;
            }
        }
        return -1;
    }

    static String string(char[] text, int from, int to) {
        return new String(text, from, to - from);
    }
}
