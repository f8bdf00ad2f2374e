package io.faultline.collect.source;

/** Tells an image, a core dump or an archive from text by its first bytes. */
public final class Binary {

    private Binary() {}

    /** What a person is told about a file that is not text. */
    static String describe(String path, byte[] head) {
        boolean littleEndian = head.length > 1 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe;
        boolean bigEndian = head.length > 1 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff;
        return littleEndian || bigEndian
                ? "the file " + path + " is UTF-16; only UTF-8 is read: iconv -f UTF-16 -t UTF-8 converts it"
                : "the file " + path + " is not text";
    }

    /**
     * Whether there are too many control bytes for a text: 1 in 100 where a NUL is among them, which a program that was
     * killed may leave in a log, but not many; 3 in 10 without one.
     */
    public static boolean looksBinary(byte[] head) {
        int zeros = 0;
        int controls = 0;
        for (byte b : head) {
            if (b == 0) {
                zeros++;
            } else if (b > 0 && b < 0x20 && b != '\t' && b != '\n' && b != '\r' && b != 0x1b && b != '\b') {
                controls++;
            }
        }
        return zeros > 0 ? (zeros + controls) * 100L > head.length : controls * 10L > head.length * 3L;
    }
}
