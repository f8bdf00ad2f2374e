package io.faultline.collect.mine;

import static io.faultline.collect.mine.CharClass.DIGIT;
import static io.faultline.collect.mine.CharClass.JOINT;

/** A word in parts that joints hold together: {@code node-246}, {@code core.2275}, {@code 82-68-222-195}. */
final class JoinedWord {

    /** More parts than these are data. */
    private static final int MOST_PARTS = 48;

    private static final int CONSTANT = -1;
    private static final int JOINED_BY = -2;

    private final int[] from = new int[MOST_PARTS];
    private final int[] to = new int[MOST_PARTS];
    /** The code of a value's {@link ValueType}, {@link #CONSTANT} or {@link #JOINED_BY}. */
    private final int[] what = new int[MOST_PARTS];

    private int count;
    private int values;
    private int constants;
    /** Parts with a digit, values and constants. */
    private int withDigit;

    private int hyphens;
    /** Whether all joints are of those that hold one value together. */
    private boolean tied;

    void scan(Pieces out, int start, int end) {
        char[] text = out.text;
        if (!split(text, start, end)) {
            out.value(start, end, ValueType.TEXT);
            return;
        }
        joinVersion(text);
        joinByDots(text);
        tally(text);
        if (tied
                && hyphens > 0
                && withDigit >= 2
                && count > 2
                && what[0] == CONSTANT
                && Texts.isLetters(text, from[0], to[0])) {
            // a name and its number, as worker-12-4
            out.word(from[0], to[0]);
            out.mark(from[1], to[1]);
            out.value(from[2], end, ValueType.ID);
        } else if (tied && !isRange(text) && ((constants == 0 && values > 0) || (withDigit >= 2 && hyphens > 0))) {
            boolean dotted = constants == 0 && hyphens == 0;
            out.value(start, end, dotted ? Tokens.ofDotted(text, start, end) : Tokens.ofHyphened(text, start, end));
        } else if (values == 0 && (hyphens == 0 || withDigit == 0)) {
            out.word(start, end);
        } else {
            put(out);
        }
    }

    private void put(Pieces out) {
        for (int i = 0; i < count; i++) {
            if (what[i] == JOINED_BY) {
                out.mark(from[i], to[i]);
            } else if (what[i] == CONSTANT) {
                out.word(from[i], to[i]);
            } else {
                out.value(from[i], to[i], ValueType.of(what[i]));
            }
        }
    }

    /** {@code 40-63} is two values. */
    private boolean isRange(char[] text) {
        return count == 3
                && hyphens == 1
                && Texts.isDigits(text, from[0], to[0])
                && Texts.isDigits(text, from[2], to[2]);
    }

    private void tally(char[] text) {
        values = 0;
        constants = 0;
        withDigit = 0;
        hyphens = 0;
        boolean loose = false;
        int ties = 0;
        for (int i = 0; i < count; i++) {
            if (what[i] == JOINED_BY) {
                char joint = text[from[i]];
                hyphens += joint == '-' ? 1 : 0;
                loose |= joint != '.' && joint != '-' && joint != '+';
                ties++;
            } else if (what[i] == CONSTANT) {
                constants++;
                withDigit += Texts.hasDigit(text, from[i], to[i]) ? 1 : 0;
            } else {
                values++;
                withDigit++;
            }
        }
        tied = ties > 0 && !loose;
    }

    /** False where there are too many parts. */
    private boolean split(char[] text, int start, int end) {
        count = 0;
        int part = start;
        boolean signed = (text[start] == '-' || text[start] == '+') && CharClass.is(text[start + 1], DIGIT);
        int i = signed ? start + 1 : start;
        while (i < end) {
            // As in blk_-16: the sign is the number's.
            boolean joint = CharClass.is(text[i], JOINT) && !(text[i] == '-' && i > part && text[i - 1] == '_');
            if (!joint) {
                i++;
                continue;
            }
            if (count + 3 > MOST_PARTS) {
                return false;
            }
            part(text, part, i);
            int run = i + 1;
            while (run < end && text[run] == text[i]) {
                run++;
            }
            put(i, run, JOINED_BY);
            part = run;
            i = run;
        }
        part(text, part, end);
        return true;
    }

    private void part(char[] text, int start, int end) {
        if (start < end) {
            ValueType type = Tokens.valueOf(text, start, end);
            put(start, end, type == null ? CONSTANT : type.code());
        }
    }

    private void put(int start, int end, int kind) {
        from[count] = start;
        to[count] = end;
        what[count] = kind;
        count++;
    }

    /** {@code v1.7}: the letter is the number's. */
    private void joinVersion(char[] text) {
        if (count >= 3
                && what[0] == CONSTANT
                && what[2] >= 0
                && text[from[1]] == '.'
                && (text[from[0]] == 'v' || text[from[0]] == 'V' || text[from[0]] == 'r')
                && Texts.isDigits(text, from[0] + 1, to[0])) {
            what[0] = ValueType.ID.code();
        }
    }

    /** Values that one dot joins are one value. */
    private void joinByDots(char[] text) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (what[i] >= 0 && kept >= 2 && isDot(text, kept - 1) && what[kept - 2] >= 0) {
                kept--;
                to[kept - 1] = to[i];
                what[kept - 1] = Tokens.ofDotted(text, from[kept - 1], to[i]).code();
            } else {
                from[kept] = from[i];
                to[kept] = to[i];
                what[kept] = what[i];
                kept++;
            }
        }
        count = kept;
    }

    private boolean isDot(char[] text, int part) {
        return what[part] == JOINED_BY && text[from[part]] == '.' && to[part] - from[part] == 1;
    }
}
