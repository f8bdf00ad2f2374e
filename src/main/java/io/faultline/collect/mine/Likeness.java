package io.faultline.collect.mine;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** When two words at one place of otherwise equal templates are two values, and when they are two templates. */
final class Likeness {

    /** Of {@link #differences}: they can not be one template. */
    static final int UNLIKE = -2;
    /** Of {@link #differences}: all differences are told to be values. */
    static final int ALIKE = -1;

    /** A template in which more places turn out to be values at once is another one. */
    private static final int MOST_VALUES_AT_ONCE = 3;

    private final MineSettings settings;

    Likeness(MineSettings settings) {
        this.settings = settings;
    }

    /**
     * Compares templates of as many parts: {@link #UNLIKE}, {@link #ALIKE}, or the one place where words differ that may
     * be values and may be constants.
     */
    static int differences(Parts a, Parts b) {
        int open = ALIKE;
        int told = 0;
        boolean anchored = false;
        for (int i = 0; i < a.size(); i++) {
            if (a.same(i, b, i)) {
                anchored |= a.isWord(i);
                continue;
            }
            if (!anchored || a.isMark(i) || b.isMark(i) || isAnchor(a, i) || isAnchor(b, i)) {
                return UNLIKE;
            }
            boolean isTold;
            if (a.isValue(i) || b.isValue(i)) {
                String word = a.isValue(i) ? b.text(i) : a.text(i);
                ValueType type = a.isValue(i) ? a.type(i) : b.type(i);
                if (!canBeValue(word) || ++told > MOST_VALUES_AT_ONCE) {
                    return UNLIKE;
                }
                isTold = !type.isMeasured() || !Words.isAnchor(word);
            } else {
                isTold = differInDigits(a.text(i), b.text(i));
            }
            if (!isTold) {
                if (open != ALIKE) {
                    return UNLIKE;
                }
                open = i;
            }
        }
        return open;
    }

    private static boolean isAnchor(Parts parts, int at) {
        return parts.isWord(at) && parts.text(at).equals(parts.anchor());
    }

    /** How many different words make the place a wild-card. */
    int enough(Parts parts, int at, Set<String> words) {
        String one = parts.text(at);
        boolean digits = true;
        boolean numbered = true;
        boolean dotted = true;
        boolean capitals = true;
        boolean verbs = false;
        for (String word : words) {
            digits &= word.equals(one) || differInDigits(word, one);
            numbered &= hasDigit(word);
            dotted &= word.indexOf('.') > 0;
            verbs |= Words.isVerb(word);
            capitals &= word.equals(word.toUpperCase(Locale.ROOT));
        }
        if (digits) {
            return 2;
        }
        if (numbered) {
            return settings.numberedWords();
        }
        if (dotted) {
            return settings.names();
        }
        if (capitals) {
            return settings.capitals();
        }
        int before = parts.isMark(at - 1, " ") ? at - 2 : at - 1;
        if (parts.isMark(before, "=")) {
            return 2;
        }
        return before >= 0 && parts.isWord(before) && Words.announcesName(parts.text(before)) && !verbs
                ? settings.names()
                : settings.words();
    }

    /** Whether two words differ in their digits alone. */
    static boolean differInDigits(String a, String b) {
        if (a.length() == 4 && a.regionMatches(true, 0, "ipv", 0, 3)) {
            return false;
        }
        int i = 0;
        int j = 0;
        boolean digits = false;
        while (true) {
            int start = i;
            while (i < a.length() && isDigit(a.charAt(i))) {
                i++;
            }
            digits |= i > start;
            while (j < b.length() && isDigit(b.charAt(j))) {
                j++;
            }
            if (i == a.length() || j == b.length()) {
                return i == a.length() && j == b.length() && digits;
            }
            if (a.charAt(i++) != b.charAt(j++)) {
                return false;
            }
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean hasDigit(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (isDigit(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** What is of signs alone ({@code ****}, {@code --}) tells something else than a value. */
    private static boolean canBeValue(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (Character.isLetterOrDigit(word.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The template of all, which have as many parts: where they differ there is a wild-card. */
    static Parts widen(Parts parts, List<Known> like) {
        PartsBuilder out = new PartsBuilder();
        for (int i = 0; i < parts.size(); i++) {
            boolean same = !parts.isValue(i);
            ValueType type = parts.type(i);
            for (Known known : like) {
                same &= parts.same(i, known.parts, i);
                type = type.or(known.parts.type(i));
            }
            if (same) {
                out.add(parts, i);
            } else {
                out.wildCard(type);
            }
        }
        return out.build();
    }
}
