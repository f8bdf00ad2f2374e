package io.faultline.collect.mine;

import static io.faultline.collect.mine.CharClass.DIGIT;
import static io.faultline.collect.mine.CharClass.HEX_LETTER;
import static io.faultline.collect.mine.CharClass.LETTER;

import org.jspecify.annotations.Nullable;

/** What one part of a word is: a value, by its digits and letters, or a constant. */
final class Tokens {

    private Tokens() {}

    /**
     * The type of a value; null for a constant. Constants may have digits ({@code ssh2}, {@code e1000}, {@code IPv4}):
     * a value is made of digits alone, begins with one, has one behind an underscore ({@code rdd_2}), ends in three
     * ({@code node527}), is long and hexadecimal, or goes to and fro between letters and digits.
     */
    static @Nullable ValueType valueOf(char[] text, int from, int to) {
        int digits = 0;
        int letters = 0;
        int hexLetters = 0;
        int run = 0;
        int runs = 0;
        int lettersBefore = 0;
        boolean counted = false;
        boolean numbered = false;
        for (int i = from; i < to; i++) {
            int classes = CharClass.of(text[i]);
            if ((classes & DIGIT) != 0) {
                if (run == 0) {
                    runs++;
                    lettersBefore = letters;
                    counted |= isBehindUnderscore(text, from, i);
                }
                digits++;
                run++;
                numbered |= run >= 5;
            } else {
                boolean letter = (classes & LETTER) != 0;
                numbered |= run >= 3 && lettersBefore >= 2 && !letter;
                run = 0;
                letters += letter ? 1 : 0;
                hexLetters += (classes & HEX_LETTER) != 0 ? 1 : 0;
            }
        }
        int size = to - from;
        if (digits == 0) {
            ValueType known = Words.wellKnown(text, from, to);
            if (known != ValueType.TEXT) {
                return known;
            }
            return (size == 8 || size == 16) && hexLetters == size ? ValueType.HEX : null;
        }
        if (digits == size) {
            return ValueType.NUMBER;
        }
        if (digits + hexLetters == size && size >= 6) {
            return ValueType.HEX;
        }
        char first = text[from];
        if (first == '-' || first == '+' || (first == '<' && letters == 0)) {
            return ValueType.NUMBER;
        }
        if (CharClass.is(first, DIGIT)) {
            return beginsWithDigit(text, from, to, runs == 1 && digits + letters == size ? digits : 0);
        }
        boolean tangled = size >= 8 && digits >= 3 && runs >= 3;
        return counted || numbered || (run >= 3 && lettersBefore >= 2) || tangled ? ValueType.ID : null;
    }

    private static boolean isBehindUnderscore(char[] text, int from, int at) {
        return at > from && (text[at - 1] == '_' || (at > from + 1 && text[at - 1] == '-' && text[at - 2] == '_'));
    }

    private static ValueType beginsWithDigit(char[] text, int from, int to, int digits) {
        if (to - from > 2 && text[from] == '0' && (text[from + 1] == 'x' || text[from + 1] == 'X')) {
            return ValueType.HEX;
        }
        return digits > 0 ? unitOf(text, from + digits, to) : ValueType.ID;
    }

    /** By the letters behind a number that touch it. */
    private static ValueType unitOf(char[] text, int from, int to) {
        char last = Character.toLowerCase(text[to - 1]);
        int size = to - from;
        if ((last == 'b' && size <= 3) || (size == 1 && "kKMGT".indexOf(text[from]) >= 0)) {
            return ValueType.SIZE;
        }
        boolean time =
                (last == 's' && size <= 2) || (size == 1 && (last == 'h' || last == 'd')) || (size == 3 && last == 'n');
        return time ? ValueType.DURATION : ValueType.ID;
    }

    /** Of values joined by dots. */
    static ValueType ofDotted(char[] text, int from, int to) {
        int dots = 0;
        boolean signed = text[from] == '-' || text[from] == '+';
        for (int i = signed ? from + 1 : from; i < to; i++) {
            if (text[i] == '.') {
                dots++;
            } else if (!CharClass.is(text[i], DIGIT)) {
                return dots == 1 && Texts.isLetters(text, i, to) ? unitOf(text, i, to) : ValueType.ID;
            }
        }
        if (dots <= 1) {
            return ValueType.NUMBER;
        }
        return dots == 3 ? ValueType.IP : ValueType.ID;
    }

    /** Of values joined by hyphens. */
    static ValueType ofHyphened(char[] text, int from, int to) {
        boolean uuid = to - from == 36
                && text[from + 8] == '-'
                && text[from + 13] == '-'
                && text[from + 18] == '-'
                && text[from + 23] == '-';
        return uuid ? ValueType.UUID : ValueType.ID;
    }
}
