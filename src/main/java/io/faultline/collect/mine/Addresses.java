package io.faultline.collect.mine;

import static io.faultline.collect.mine.CharClass.DIGIT;
import static io.faultline.collect.mine.CharClass.HEX_LETTER;
import static io.faultline.collect.mine.CharClass.LETTER;
import static io.faultline.collect.mine.CharClass.LOWER;
import static io.faultline.collect.mine.CharClass.SPACE;
import static io.faultline.collect.mine.CharClass.UPPER;
import static io.faultline.collect.mine.Texts.digitsEnd;
import static io.faultline.collect.mine.Texts.isEdge;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names and numbers of machines, of files on them, and of the code that runs there. */
final class Addresses {

    /** Last labels of hosts: the old top-level domains, those of networks without one, and countries whose letters are no common word of a program. */
    private static final Set<String> DOMAINS = Set.of(
            "com",
            "net",
            "org",
            "edu",
            "gov",
            "mil",
            "int",
            "info",
            "biz",
            "arpa",
            "local",
            "internal",
            "lan",
            "intranet",
            "de",
            "fr",
            "uk",
            "nl",
            "ru",
            "cn",
            "jp",
            "kr",
            "hk",
            "tw",
            "br",
            "au",
            "ca",
            "us",
            "eu",
            "pl",
            "ch",
            "at",
            "se",
            "fi",
            "dk",
            "es",
            "cz",
            "gr",
            "hu",
            "ro",
            "tr",
            "ua",
            "mx",
            "ar",
            "cl",
            "za",
            "sg",
            "th",
            "vn",
            "nz",
            "il",
            "ir");
    /** First labels of names of packages, which begin with a domain turned round. */
    private static final Set<String> ROOTS =
            Set.of("com", "org", "net", "edu", "gov", "cn", "android", "java", "javax", "sun");
    /** Ends of the names of source files: what follows their colon is a line. */
    private static final Set<String> SOURCES = Set.of(
            "c", "cc", "cpp", "cxx", "h", "hpp", "py", "java", "go", "rs", "js", "ts", "rb", "php", "pl", "cu", "cs",
            "kt", "scala", "swift", "m", "mm", "sh", "lua");

    private Addresses() {}

    /** At least three groups of hexadecimal digits with colons between: a hardware address, IPv6. */
    static int groupsEnd(char[] text, int at, int length) {
        int end = at;
        int groups = 0;
        boolean digit = false;
        while (true) {
            int start = end;
            while (end < length && end - start < 5 && CharClass.is(text[end], DIGIT | HEX_LETTER)) {
                digit |= CharClass.is(text[end], DIGIT);
                end++;
            }
            if ((end == start && groups == 0) || end - start > 4) {
                return at;
            }
            groups++;
            if (end + 1 >= length
                    || text[end] != ':'
                    || (!CharClass.is(text[end + 1], DIGIT | HEX_LETTER) && text[end + 1] != ':')) {
                return groups >= 3 && digit && isEdge(text, end, length) ? end : at;
            }
            end++;
        }
    }

    /** {@code ::1}, {@code ::ffff:10.0.0.1}. */
    static int shortGroupsEnd(char[] text, int at, int length) {
        if (text[at] != ':' || text[at + 1] != ':' || (at > 0 && !CharClass.is(text[at - 1], CharClass.BREAK))) {
            return at;
        }
        int end = at + 2;
        boolean digit = false;
        while (end < length && (CharClass.is(text[end], DIGIT | HEX_LETTER) || text[end] == ':' || text[end] == '.')) {
            digit |= CharClass.is(text[end], DIGIT);
            end++;
        }
        return digit && isEdge(text, end, length) ? end : at;
    }

    /** {@code https://…}, {@code hdfs://…}. */
    static int urlEnd(char[] text, int at, int length) {
        int end = at;
        while (end < length
                && end - at < 16
                && (CharClass.is(text[end], LOWER) || text[end] == '.' || text[end] == '+')) {
            end++;
        }
        boolean url = end - at >= 2 && text[end] == ':' && text[end + 1] == '/' && text[end + 2] == '/';
        return url ? blankEnd(text, at, length) : at;
    }

    /** {@code C:\…}. */
    static int drivePathEnd(char[] text, int at, int length) {
        return text[at + 1] == ':' && text[at + 2] == '\\' ? blankEnd(text, at, length) : at;
    }

    private static int blankEnd(char[] text, int at, int length) {
        int end = at;
        while (end < length && !CharClass.is(text[end], SPACE) && ",\"'()[]{}<>|;".indexOf(text[end]) < 0) {
            end++;
        }
        while (text[end - 1] == '.' || text[end - 1] == ':') {
            end--;
        }
        return end;
    }

    /** Where the port ends whose colon is here. */
    static int portEnd(char[] text, int at, int length) {
        if (at >= length || text[at] != ':') {
            return at;
        }
        int end = digitsEnd(text, at + 1, length, 6);
        return end - at > 1 && end - at <= 6 && isEdge(text, end, length) ? end : at;
    }

    /** Whether what stands before a port is a host: it has dots or, with digits, hyphens, and is no source file. */
    static boolean takesPort(char[] text, int from, int to, int digits, int dots) {
        if (Texts.has(text, from, to, '@')) {
            return false;
        }
        if (dots == 0) {
            return digits > 0 && Texts.has(text, from, to, '-');
        }
        boolean capital = false;
        for (int i = from; i < to; i++) {
            capital |= CharClass.is(text[i], UPPER);
        }
        int label = to;
        while (label > from && text[label - 1] != '.') {
            label--;
        }
        if (label <= from + 1 || text[from] == '.') {
            return false;
        }
        String last = Texts.string(text, label, to);
        return DOMAINS.contains(last) || (!capital && !SOURCES.contains(last) && (digits > 0 || dots > 1));
    }

    /**
     * What a word with dots is where it is a value as a whole, or null. The name of a class is a constant: which one is
     * told is written in the program; behind {@code =} it is what was set.
     */
    static @Nullable ValueType dotted(char[] text, int from, int to, boolean assigned) {
        int labels = 1;
        int last = from;
        boolean upper = false;
        boolean lastUpper = true;
        for (int i = from; i < to; i++) {
            char c = text[i];
            int classes = CharClass.of(c);
            if (c == '.') {
                if (i == last) {
                    return null;
                }
                labels++;
                last = i + 1;
                lastUpper = true;
            } else if ((classes & (LETTER | DIGIT)) == 0 && c != '-' && c != '_') {
                return null;
            } else if ((classes & UPPER) != 0) {
                upper = true;
            } else if ((classes & LOWER) != 0) {
                lastUpper = false;
            }
        }
        if (labels < 2 || last >= to || !CharClass.is(text[last], LETTER)) {
            return null;
        }
        if ((!upper || labels > 2) && DOMAINS.contains(Texts.string(text, last, to))) {
            return ValueType.HOST;
        }
        if (labels < 3) {
            return null;
        }
        boolean rooted = ROOTS.contains(Texts.string(text, from, Texts.indexOf(text, from, to, '.')));
        return assigned || (rooted && (!upper || lastUpper)) ? ValueType.NAME : null;
    }
}
