package io.faultline.collect.redact;

/**
 * Digits that belong together, single or in groups: {@code 4000 0000 0000 0002}.
 *
 * @param start where the first digit stands
 * @param end the index behind the last
 * @param digits the digits alone
 */
record DigitRun(int start, int end, String digits) {

    private static final int LONGEST = 24;

    /**
     * The run around an index. Groups are joined by one and the same sign, a space or a hyphen.
     *
     * @param separator that sign; 0 for a run without
     */
    static DigitRun around(String text, int at, char separator) {
        int start = at;
        while (start > 0 && at - start <= LONGEST && belongs(text, start - 1, separator)) {
            start--;
        }
        int end = at;
        while (end < text.length() && end - at <= LONGEST && belongs(text, end, separator)) {
            end++;
        }
        StringBuilder digits = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            if (Texts.isDigit(text.charAt(i))) {
                digits.append(text.charAt(i));
            }
        }
        return new DigitRun(start, end, digits.toString());
    }

    /** A digit, or the separator between two digits. */
    private static boolean belongs(String text, int i, char separator) {
        char c = text.charAt(i);
        return Texts.isDigit(c)
                || (c == separator
                        && separator != 0
                        && Texts.isDigit(Texts.at(text, i - 1))
                        && Texts.isDigit(Texts.at(text, i + 1)));
    }

    /** Whether it is a number of its own: no part of a hash, a decimal, a path, a UUID, an identifier. */
    boolean isAlone(String text) {
        char before = Texts.at(text, start - 1);
        char after = Texts.at(text, end);
        boolean joined = before != 0 && "_./-\\".indexOf(before) >= 0;
        boolean signed = before == '+' && Texts.isWordChar(Texts.at(text, start - 2));
        boolean continued = after != 0 && ".-:/".indexOf(after) >= 0 && Texts.isWordChar(Texts.at(text, end + 1));
        return Texts.beginsWord(text, start)
                && !joined
                && !signed
                && !continued
                && !Texts.isWordChar(after)
                && after != '_';
    }
}
