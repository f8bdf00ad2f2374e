package io.faultline.collect.parse.format;

import io.faultline.model.Severity;

/** A Python traceback as one text. */
public final class Traceback {

    /** Longer messages are whole in the event's own message. */
    private static final int LONGEST_MESSAGE = 500;

    private Traceback() {}

    /** Takes the class and message of the error that a traceback ends with. */
    public static void read(String text, int from, Draft draft) {
        int line = text.indexOf('\n', from);
        while (line >= 0 && line + 1 < text.length()) {
            char first = text.charAt(line + 1);
            if (first > ' ' && raised(text, line + 1, draft)) {
                if (isIgnored(text, from)) {
                    draft.severity(Severity.WARN);
                }
                return;
            }
            line = text.indexOf('\n', line + 1);
        }
        Faults.raised("", "", draft);
    }

    /** Whether the interpreter says that nothing came of it: an error in a destructor, while the program goes on or ends. */
    private static boolean isIgnored(String text, int from) {
        int found = text.lastIndexOf("Exception ignored in", from);
        return found >= 0 && text.indexOf('\n', found) >= from - 1;
    }

    /** Takes {@code torch.OutOfMemoryError: text} where one begins there. */
    public static boolean raised(String text, int from, Draft draft) {
        int end = from;
        boolean letter = false;
        while (end < text.length() && isClassName(text.charAt(end))) {
            letter |= Character.isLetter(text.charAt(end));
            end++;
        }
        boolean alone = end == text.length() || text.charAt(end) == '\n';
        if (!letter || (!alone && text.charAt(end) != ':')) {
            return false;
        }
        String message = alone ? "" : text.substring(end + 1).strip();
        Faults.raised(
                text.substring(from, end),
                message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message,
                draft);
        return true;
    }

    private static boolean isClassName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }
}
