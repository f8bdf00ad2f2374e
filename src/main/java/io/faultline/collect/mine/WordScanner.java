package io.faultline.collect.mine;

import static io.faultline.collect.mine.CharClass.BREAK;
import static io.faultline.collect.mine.CharClass.DIGIT;
import static io.faultline.collect.mine.CharClass.HEX_LETTER;
import static io.faultline.collect.mine.CharClass.JOINT;
import static io.faultline.collect.mine.CharClass.LETTER;
import static io.faultline.collect.mine.CharClass.LOWER;
import static io.faultline.collect.mine.CharClass.UPPER;

import org.jspecify.annotations.Nullable;

/** Tells what one word is: a constant, a value, or constants and values that joints hold together. */
final class WordScanner {

    private final JoinedWord joined = new JoinedWord();

    /** The characters of the word at hand. */
    private int end;

    private int joints;
    private int digits;
    private int dots;
    private int slashes;
    private int underscores;
    private boolean at;
    private boolean odd;

    /** Reads the word that begins at {@code from} into pieces; the place behind it. */
    int scan(Pieces out, int from) {
        char[] text = out.text;
        int special = special(out, from);
        if (special > from) {
            return special;
        }
        count(text, from, out.length);
        if (digits + slashes + dots == 0 && !at && !odd) {
            plain(out, from);
            return end;
        }
        int core = end;
        while (core > from && text[core - 1] == '.') {
            core--;
        }
        if (core == from) {
            out.mark(from, end);
            return end;
        }
        if (text[from] == '.' && text[from + 1] == '.') {
            int first = from;
            while (text[first] == '.') {
                first++;
            }
            out.mark(from, first);
            return first;
        }
        int port = Addresses.portEnd(text, core, out.length);
        if (slashes == 0 && port > core && Addresses.takesPort(text, from, core, digits, dots)) {
            out.value(from, port, Texts.isNumeric(text, from, core) ? ValueType.IP : ValueType.HOST);
            return port;
        }
        if (!(slashes > 0 && (text[from] == '/' || !at) && path(out, from, core))) {
            ValueType whole = whole(text, from, core);
            if (whole != null) {
                out.value(from, core, whole);
            } else {
                joined.scan(out, from, core);
            }
        }
        if (end > core) {
            out.mark(core, end);
        }
        return end;
    }

    /** Values that hold marks which end other words. */
    private static int special(Pieces out, int from) {
        char[] text = out.text;
        int length = out.length;
        int classes = CharClass.of(text[from]);
        int found = from;
        ValueType type = ValueType.TIME;
        if ((classes & DIGIT) != 0) {
            found = Clocks.clockEnd(text, from, length);
            if (found == from) {
                found = Clocks.dateEnd(text, from, length);
            }
        } else if ((classes & UPPER) != 0) {
            found = Clocks.calendarEnd(text, from, length);
        } else if ((classes & LOWER) != 0) {
            found = Addresses.urlEnd(text, from, length);
            type = ValueType.URL;
        }
        if (found == from && (classes & (DIGIT | HEX_LETTER)) != 0) {
            found = Addresses.groupsEnd(text, from, length);
            type = ValueType.IP;
        }
        if (found == from && (classes & LETTER) != 0) {
            found = Addresses.drivePathEnd(text, from, length);
            type = ValueType.PATH;
        }
        if (found > from) {
            out.value(from, found, type);
        }
        return found;
    }

    private void count(char[] text, int from, int length) {
        joints = 0;
        digits = 0;
        dots = 0;
        slashes = 0;
        underscores = 0;
        at = false;
        odd = false;
        end = from;
        while (end < length) {
            char c = text[end];
            int classes = CharClass.of(c);
            if ((classes & BREAK) != 0) {
                break;
            }
            if ((classes & DIGIT) != 0) {
                digits++;
            } else if ((classes & LETTER) == 0) {
                joints += (classes & JOINT) != 0 ? 1 : 0;
                dots += c == '.' ? 1 : 0;
                slashes += c == '/' ? 1 : 0;
                underscores += c == '_' ? 1 : 0;
                at |= c == '@';
                odd |= c == '\\' || c == '~';
            }
            end++;
        }
    }

    /** A word without digits, dots and slashes. */
    private void plain(Pieces out, int from) {
        char[] text = out.text;
        if (joints == 0) {
            ValueType type = Tokens.valueOf(text, from, end);
            if (type != null) {
                out.value(from, end, type);
                return;
            }
        }
        if (from > 0 && text[from - 1] == '=' && Words.isNamingKey(text, from - 1)) {
            out.value(from, end, ValueType.WORD);
        } else {
            out.word(from, end);
        }
    }

    private @Nullable ValueType whole(char[] text, int from, int core) {
        if (dots > 0 && slashes == 0) {
            ValueType dotted = Addresses.dotted(text, from, core, from > 0 && "={|".indexOf(text[from - 1]) >= 0);
            if (dotted != null) {
                return dotted;
            }
        }
        return odd && digits + dots > 0 ? ValueType.PATH : null;
    }

    /** Whether a word with slashes was put: a path, two numbers, a name and its number. */
    private boolean path(Pieces out, int from, int core) {
        char[] text = out.text;
        if (text[from] == '/' && core - from > 1) {
            out.value(from, core, ValueType.PATH);
            return true;
        }
        int slash = Texts.indexOf(text, from, core, '/');
        if (slash < 0) {
            return false;
        }
        if (slashes == 1 && Texts.isNumeric(text, slash + 1, core)) {
            if (Texts.isNumeric(text, from, slash)) {
                out.value(from, slash, ValueType.NUMBER);
                out.mark(slash, slash + 1);
                out.value(slash + 1, core, ValueType.NUMBER);
                return true;
            }
            if (isProtocolOfRequest(out, from, slash)) {
                out.joinLast(core);
                return true;
            }
            if (Texts.isLetters(text, from, slash)) {
                out.word(from, slash + 1);
                out.value(slash + 1, core, ValueType.NUMBER);
                return true;
            }
        }
        boolean assigned = from > 0 && text[from - 1] == '=';
        if (core - from > 1 && (digits + dots + underscores > 0 || slashes > 1 || assigned)) {
            out.value(from, core, ValueType.PATH);
            return true;
        }
        return false;
    }

    /** {@code /v1/models HTTP/1.1}: what was asked for, and by which protocol, are one value. */
    private static boolean isProtocolOfRequest(Pieces out, int from, int slash) {
        int last = out.count - 1;
        return last >= 1
                && out.isSpace(last)
                && Words.is(out.text, from, slash, "http")
                && out.kind[last - 1] == Pieces.VALUE
                && (out.type[last - 1] == ValueType.PATH.code() || out.type[last - 1] == ValueType.URL.code());
    }
}
