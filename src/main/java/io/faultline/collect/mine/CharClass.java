package io.faultline.collect.mine;

/** What a character is to the scanner, by one look into a table. */
final class CharClass {

    static final int DIGIT = 1;
    /** a…f and A…F. */
    static final int HEX_LETTER = 2;

    static final int UPPER = 4;
    static final int LOWER = 8;
    /** Ends a word: white space and most punctuation. */
    static final int BREAK = 16;
    /** Joins the parts of a word: {@code . - + @ # $ % &}. */
    static final int JOINT = 32;

    static final int SPACE = 64;

    static final int LETTER = UPPER | LOWER;

    private static final byte[] CLASSES = new byte[128];

    static {
        for (char c = 0; c < 128; c++) {
            CLASSES[c] = (byte) classOf(c);
        }
    }

    private CharClass() {}

    private static int classOf(char c) {
        if (c >= '0' && c <= '9') {
            return DIGIT;
        }
        if (c >= 'a' && c <= 'z') {
            return LOWER | (c <= 'f' ? HEX_LETTER : 0);
        }
        if (c >= 'A' && c <= 'Z') {
            return UPPER | (c <= 'F' ? HEX_LETTER : 0);
        }
        if (c <= ' ') {
            return BREAK | SPACE;
        }
        if (",!;:=|\"'[](){}`".indexOf(c) >= 0) {
            return BREAK;
        }
        return ".-+@#$%&".indexOf(c) >= 0 ? JOINT : 0;
    }

    /** Beyond ASCII all are letters. */
    static int of(char c) {
        return c < 128 ? CLASSES[c] : LOWER;
    }

    static boolean is(char c, int classes) {
        return (of(c) & classes) != 0;
    }
}
