package io.faultline.collect.mine;

/**
 * A line cut into words, marks and values; each piece is a range of the line's characters. One object serves all lines,
 * one after the other.
 */
final class Pieces {

    static final byte WORD = 0;
    /** Punctuation, or the white space between two words. */
    static final byte MARK = 1;

    static final byte VALUE = 2;

    /** What is beyond is one value more: a line of so many pieces is data. */
    static final int MOST = 400;
    /** A word in parts may go beyond by this. */
    private static final int SPARE = 64;

    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final long VALUE_HASH = 0x51A7C3F1D2B49E63L;

    char[] text = new char[512];
    int length;
    int count;
    final byte[] kind = new byte[MOST + SPARE];
    /** The code of a value's {@link ValueType}; 0 elsewhere. */
    final byte[] type = new byte[MOST + SPARE];

    final int[] from = new int[MOST + SPARE];
    final int[] to = new int[MOST + SPARE];

    /** Takes the line without white space around it, and not more than {@code most} characters of it. */
    void begin(String line, int most) {
        int start = 0;
        int end = line.length();
        while (start < end && line.charAt(start) <= ' ') {
            start++;
        }
        end = Math.min(end, start + most);
        while (start < end && line.charAt(end - 1) <= ' ') {
            end--;
        }
        length = end - start;
        // The scanner looks a few characters ahead.
        if (text.length < length + 4) {
            text = new char[Math.max(length + 4, text.length * 2)];
        }
        line.getChars(start, end, text, 0);
        text[length] = ' ';
        text[length + 1] = ' ';
        text[length + 2] = ' ';
        text[length + 3] = ' ';
        count = 0;
    }

    boolean isFull() {
        return count >= MOST;
    }

    void word(int start, int end) {
        put(WORD, start, end, 0);
    }

    void mark(int start, int end) {
        put(MARK, start, end, 0);
    }

    /** A value; one that touches the value before it, or that a colon or a dot joins to it, makes that one longer. */
    void value(int start, int end, ValueType valueType) {
        int last = count - 1;
        if (last >= 0 && kind[last] == VALUE && to[last] == start) {
            extend(last, end, valueType);
        } else if (last >= 1
                && kind[last] == MARK
                && to[last] == start
                && from[last] == start - 1
                && (text[start - 1] == ':' || text[start - 1] == '.')
                && kind[last - 1] == VALUE
                && to[last - 1] == start - 1) {
            count--;
            ValueType before = ValueType.of(type[last - 1]);
            extend(last - 1, end, before.isAddress() ? before : valueType);
        } else {
            put(VALUE, start, end, valueType.code());
        }
    }

    private void extend(int index, int end, ValueType valueType) {
        to[index] = end;
        type[index] = ValueType.of(type[index]).or(valueType).code();
    }

    private void put(byte pieceKind, int start, int end, int valueType) {
        kind[count] = pieceKind;
        from[count] = start;
        to[count] = end;
        type[count] = (byte) valueType;
        count++;
    }

    /** Drops the last piece and lets the one before it, a value, go on to {@code end}. */
    void joinLast(int end) {
        count--;
        to[count - 1] = end;
    }

    boolean isWord(int index) {
        return kind[index] == WORD;
    }

    boolean isSpace(int index) {
        return kind[index] == MARK && text[from[index]] <= ' ';
    }

    /** Whether nothing of the same phrase stands here: the line's end, or punctuation. */
    boolean isPhraseEnd(int index) {
        return index >= count
                || (kind[index] == MARK && (!isSpace(index) || (index + 1 < count && kind[index + 1] == MARK)));
    }

    /** The same for lines with the same words and marks around their values. */
    long hash() {
        long hash = count;
        for (int i = 0; i < count; i++) {
            long piece = VALUE_HASH;
            if (kind[i] != VALUE) {
                piece = kind[i];
                int end = isSpace(i) ? from[i] + 1 : to[i];
                for (int at = from[i]; at < end; at++) {
                    piece = piece * 0x100000001B3L + text[at];
                }
            }
            hash = (hash ^ piece) * PRIME;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** What is written; one space for white space. */
    String text(int index) {
        return isSpace(index) ? " " : new String(text, from[index], to[index] - from[index]);
    }

    /** The piece with the first word of letters alone; -1 where there is none. */
    int anchor() {
        for (int i = 0; i < count; i++) {
            if (isAnchor(i)) {
                return i;
            }
        }
        return -1;
    }

    boolean isAnchor(int index) {
        if (kind[index] != WORD || to[index] - from[index] < 2) {
            return false;
        }
        for (int at = from[index]; at < to[index]; at++) {
            if (!Character.isLetter(text[at])) {
                return false;
            }
        }
        return true;
    }
}
