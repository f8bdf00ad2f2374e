package io.faultline.collect.decode;

/**
 * Takes terminal colours out of a text, in all the forms they are found in files: with the escape character, with the
 * escape written out ({@code #033[2m} of rsyslog, <code>&#92;u001b[2m</code> of JSON, {@code ^[[2m}), and the bare rest
 * {@code [2m} where the escape was lost.
 */
final class AnsiCodes {

    private static final char ESCAPE = 0x1b;

    private AnsiCodes() {}

    static String strip(String text) {
        int bracket = text.indexOf('[');
        if (bracket < 0 && text.indexOf(ESCAPE) < 0) {
            return text;
        }
        boolean bareToo = text.contains("[0m") || text.contains("[0;0m");
        StringBuilder clean = null;
        int kept = 0;
        for (; bracket >= 0; bracket = text.indexOf('[', bracket + 1)) {
            int start = startOfEscape(text, bracket, kept);
            int end = start < bracket ? endOfSequence(text, bracket) : bareToo ? endOfBare(text, bracket) : -1;
            if (end > 0) {
                clean = clean == null ? new StringBuilder(text.length()) : clean;
                clean.append(text, kept, start);
                kept = end;
                bracket = end - 1;
            }
        }
        return clean == null ? text : clean.append(text, kept, text.length()).toString();
    }

    /** Where the escape before a bracket begins; the bracket itself if there is none. */
    private static int startOfEscape(String text, int bracket, int from) {
        if (bracket - 1 >= from && text.charAt(bracket - 1) == ESCAPE) {
            return bracket - 1;
        }
        if (bracket - 2 >= from && text.startsWith("^[", bracket - 2)) {
            return bracket - 2;
        }
        if (bracket - 4 >= from && (text.startsWith("#033", bracket - 4) || text.startsWith("\\033", bracket - 4))) {
            return bracket - 4;
        }
        boolean unicode = bracket - 6 >= from
                && (text.startsWith("\\u001b", bracket - 6) || text.startsWith("\\u001B", bracket - 6));
        return unicode ? bracket - 6 : bracket;
    }

    /** Behind {@code [0-9;?]*[ -/]*[@-~]}, the grammar of ECMA-48 as far as terminals use it; -1 if it is none. */
    private static int endOfSequence(String text, int bracket) {
        int i = bracket + 1;
        while (i < text.length() && isParameter(text.charAt(i))) {
            i++;
        }
        while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) <= '/') {
            i++;
        }
        return i < text.length() && text.charAt(i) >= '@' && text.charAt(i) <= '~' ? i + 1 : -1;
    }

    /** Without its escape only a colour is certain enough: {@code [2m}, {@code [1;36m}. */
    private static int endOfBare(String text, int bracket) {
        int i = bracket + 1;
        while (i < text.length() && i < bracket + 12 && isParameter(text.charAt(i))) {
            i++;
        }
        return i > bracket + 1 && i < text.length() && text.charAt(i) == 'm' ? i + 1 : -1;
    }

    private static boolean isParameter(char c) {
        return (c >= '0' && c <= '9') || c == ';' || c == '?';
    }
}
