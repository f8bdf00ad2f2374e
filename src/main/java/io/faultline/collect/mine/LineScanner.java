package io.faultline.collect.mine;

/**
 * Cuts a line into words, marks and values by one walk over its characters. What is a value is told by the shape of a
 * word (its digits, joints, slashes) and what touches it, never by a list of what some system writes.
 */
final class LineScanner {

    private final int longestLine;
    private final WordScanner words = new WordScanner();

    LineScanner(int longestLine) {
        this.longestLine = longestLine;
    }

    void scan(String line, Pieces out) {
        out.begin(line, longestLine);
        int at = 0;
        while (at < out.length && !out.isFull()) {
            at = next(out, at);
        }
        if (at < out.length) {
            out.value(at, out.length, ValueType.TEXT);
        }
        Words.nameUsers(out);
    }

    /** The first word of letters alone, as {@link #scan} would find it; empty where there is none. */
    String anchor(String line, Pieces out) {
        out.begin(line, longestLine);
        int seen = 0;
        int at = 0;
        while (at < out.length && !out.isFull()) {
            at = next(out, at);
            // Of the last piece it is not known yet whether it will be joined to what follows.
            for (; seen < out.count; seen++) {
                if (out.isAnchor(seen)) {
                    return out.text(seen);
                }
            }
            seen = Math.max(0, out.count - 1);
        }
        return "";
    }

    private int next(Pieces out, int at) {
        char[] text = out.text;
        int classes = CharClass.of(text[at]);
        if ((classes & CharClass.SPACE) != 0) {
            int end = at + 1;
            while (end < out.length && CharClass.is(text[end], CharClass.SPACE)) {
                end++;
            }
            out.mark(at, end);
            return end;
        }
        return (classes & CharClass.BREAK) != 0 ? mark(out, at) : words.scan(out, at);
    }

    private static int mark(Pieces out, int at) {
        char[] text = out.text;
        char c = text[at];
        if (c == ':') {
            int end = Addresses.shortGroupsEnd(text, at, out.length);
            if (end > at) {
                out.value(at, end, ValueType.IP);
                return end;
            }
        }
        out.mark(at, at + 1);
        return c == '"' && at > 0 && text[at - 1] == '=' ? quoted(out, at) : at + 1;
    }

    /** Behind {@code =} a quoted text is one value. */
    private static int quoted(Pieces out, int at) {
        int end = Texts.indexOf(out.text, at + 1, out.length, '"');
        if (end <= at + 1) {
            return at + 1;
        }
        out.value(at + 1, end, ValueType.TEXT);
        out.mark(end, end + 1);
        return end + 1;
    }
}
