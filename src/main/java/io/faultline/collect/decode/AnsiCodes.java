package io.faultline.collect.decode;

/**
 * Takes terminal colours out of a text, in all the forms they are found in files: with the escape character, with the
 * escape written out ({@code #033[2m} of rsyslog, <code>&#92;u001b[2m</code> of JSON, {@code ^[[2m}), and the bare rest
 * {@code [2m} where the escape was lost. Of a hyperlink (OSC 8) the text stays.
 */
final class AnsiCodes {

    private static final char ESCAPE = 0x1b;
    private static final char BELL = 7;
    private static final int LONGEST_COMMAND = 2_100;

    private AnsiCodes() {}

    static String strip(String coloured) {
        String text = coloured.indexOf(ESCAPE) < 0 ? coloured : withoutCommands(coloured);
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

    /** Without {@code ESC ] … BEL} and {@code ESC ] … ESC \}, which set titles and links, and {@code ESC ( B}, which sets none. */
    private static String withoutCommands(String text) {
        StringBuilder clean = null;
        int kept = 0;
        int escape = text.indexOf(ESCAPE);
        while (escape >= 0 && escape + 1 < text.length()) {
            int end = endOfCommand(text, escape);
            if (end > 0) {
                clean = clean == null ? new StringBuilder(text.length()) : clean;
                clean.append(text, kept, escape);
                kept = end;
            }
            escape = text.indexOf(ESCAPE, Math.max(end, escape + 1));
        }
        return clean == null ? text : clean.append(text, kept, text.length()).toString();
    }

    private static int endOfCommand(String text, int escape) {
        char kind = text.charAt(escape + 1);
        if (kind == '(' || kind == ')') {
            return Math.min(escape + 3, text.length());
        }
        if (kind == '=' || kind == '>' || kind == '7' || kind == '8' || kind == 'M') {
            return escape + 2;
        }
        if (kind != ']') {
            return -1;
        }
        // A title or a link is short; an ESC without an end must not be looked for to the end of the line each time.
        int limit = Math.min(text.length(), escape + LONGEST_COMMAND);
        for (int i = escape + 2; i < limit; i++) {
            char c = text.charAt(i);
            if (c == BELL) {
                return i + 1;
            }
            if (c == ESCAPE) {
                return i + 1 < text.length() && text.charAt(i + 1) == '\\' ? i + 2 : -1;
            }
        }
        return -1;
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
        if (bracket - 4 >= from && (text.startsWith("\\x1b", bracket - 4) || text.startsWith("\\x1B", bracket - 4))) {
            return bracket - 4;
        }
        if (bracket - 2 >= from && text.startsWith("\\e", bracket - 2)) {
            return bracket - 2;
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
