package io.faultline.collect.mine;

import java.util.Locale;
import java.util.Set;

/** Words that mean the same in every log. */
final class Words {

    private static final String[] BEFORE_USERS = {"for", "invalid", "illegal", "by", "of", "as"};
    private static final String[] BEHIND_NAMES = {"from", "by", "at", "on", "via", "port", "with", "using"};
    /** English behind {@code user} that is nobody's name. */
    private static final String[] NO_NAMES = {
        "unknown",
        "request",
        "authentication",
        "input",
        "data",
        "is",
        "has",
        "was",
        "logged",
        "not",
        "name",
        "id",
        "list"
    };

    private static final String[] NAMING_KEYS = {"user", "name", "host", "hostname", "username", "domain"};
    /** What stands behind one of these names somebody or something, where it is not what happened to it. */
    private static final Set<String> NAMES_FOLLOW = Set.of(
            "user",
            "username",
            "account",
            "host",
            "hostname",
            "domain",
            "owner",
            "client",
            "queue",
            "package",
            "named");

    private static final Set<String> UNITS = Set.of(
            "b", "byte", "bytes", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "ns", "us", "ms", "msec", "msecs", "s",
            "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "hr", "hrs", "hour", "hours", "day",
            "days");

    private Words() {}

    static boolean isUnit(String word) {
        return word.length() <= 7 && UNITS.contains(word.toLowerCase(Locale.ROOT));
    }

    static boolean announcesName(String word) {
        return NAMES_FOLLOW.contains(word.toLowerCase(Locale.ROOT));
    }

    /** {@code connected}, {@code starting}, {@code is}: not somebody, but what happened. */
    static boolean isVerb(String word) {
        return word.endsWith("ed") || word.endsWith("ing") || word.length() < 3;
    }

    /** Whether the key that ends before {@code to} says that a name follows. */
    static boolean isNamingKey(char[] text, int to) {
        int from = to;
        while (from > 0 && CharClass.is(text[from - 1], CharClass.LETTER)) {
            from--;
        }
        return isOneOf(text, from, to, NAMING_KEYS);
    }

    /** {@code true}, {@code false} and {@code null}, and who is everywhere: {@code root} and {@code admin}. */
    static ValueType wellKnown(char[] text, int from, int to) {
        int size = to - from;
        if (size == 4) {
            if (is(text, from, to, "true") || is(text, from, to, "null")) {
                return ValueType.FLAG;
            }
            return is(text, from, to, "root") ? ValueType.WORD : ValueType.TEXT;
        }
        if (size == 5) {
            if (is(text, from, to, "false")) {
                return ValueType.FLAG;
            }
            return is(text, from, to, "admin") ? ValueType.WORD : ValueType.TEXT;
        }
        return ValueType.TEXT;
    }

    /** Names the word behind {@code user}, where the words around say that it is a name. */
    static void nameUsers(Pieces pieces) {
        for (int i = 0; i + 2 < pieces.count; i++) {
            if (pieces.isWord(i)
                    && pieces.isWord(i + 2)
                    && pieces.isSpace(i + 1)
                    && is(pieces.text, pieces.from[i], pieces.to[i], "user")
                    && !isOneOf(pieces, i + 2, NO_NAMES)
                    && (isOneOf(pieces, i + 4, BEHIND_NAMES)
                            || (isOneOf(pieces, i - 2, BEFORE_USERS) && pieces.isPhraseEnd(i + 3)))) {
                pieces.kind[i + 2] = Pieces.VALUE;
                pieces.type[i + 2] = ValueType.WORD.code();
            }
        }
    }

    private static boolean isOneOf(Pieces pieces, int index, String[] words) {
        return index >= 0
                && index < pieces.count
                && pieces.isWord(index)
                && isOneOf(pieces.text, pieces.from[index], pieces.to[index], words);
    }

    private static boolean isOneOf(char[] text, int from, int to, String[] words) {
        for (String word : words) {
            if (is(text, from, to, word)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the characters are this lower-case word, in either case. */
    static boolean is(char[] text, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            // Sets the bit that makes a letter of ASCII a small one.
            if ((text[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a line can be kept by this word: letters, and not one alone. */
    static boolean isAnchor(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (!Character.isLetter(word.charAt(i))) {
                return false;
            }
        }
        return word.length() > 1;
    }
}
