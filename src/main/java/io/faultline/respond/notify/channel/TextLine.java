package io.faultline.respond.notify.channel;

/** Makes one line of any text. */
public final class TextLine {

    private TextLine() {}

    /** Logs may hold anything: a line end here could forge a line of the message, or a header of a mail. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(point -> line.appendCodePoint(isSpace(point) ? ' ' : point));
        return line.toString();
    }

    /** At most so many UTF-16 characters, without half a character at the end. */
    public static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** Control characters, and what Unicode calls a line or paragraph separator or lets text run backwards with. */
    private static boolean isSpace(int point) {
        return Character.isISOControl(point)
                || point == 0x2028
                || point == 0x2029
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069);
    }
}
