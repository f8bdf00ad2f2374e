package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Beginnings;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Pieces of tracebacks that several ranks wrote to one pipe at once, within one another's lines: frames without their
 * beginning, lines of code twice and three times over, {@code FileNotFoundErrorFileNotFoundError: : [Errno 2] …}. An
 * error's class is counted as often as the record names it.
 */
public final class TracebackPieces extends JobFormat {

    private static final String[] CODE = {
        "return ",
        "raise ",
        "with ",
        "super().",
        "self.",
        "yield ",
        "await ",
        "assert ",
        "elastic_launch(",
        "_run_code(",
        "exec(code"
    };

    /** Lines of code are shorter, even five times over. */
    private static final int LONGEST_CODE = 2000;

    /** An error that is named only behind so much text is quoted there. */
    private static final int FARTHEST_ERROR = 8000;

    public TracebackPieces() {
        super("traceback-pieces", Family.GENERIC);
    }

    @Override
    public boolean isUncaught() {
        return true;
    }

    @Override
    public String beginnings() {
        return Beginnings.LETTERS + " :[_)^";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.isEmpty()) {
            return false;
        }
        char first = text.charAt(0);
        return first == ' '
                || first == ':'
                || first == '['
                || first == '_'
                || first == ')'
                || first == '^'
                || (first >= 'a' && first <= 'z')
                || (first >= 'A' && first <= 'Z');
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        String error = errorIn(text);
        int message = text.indexOf("[Errno ");
        boolean frames = text.startsWith("  File \"") || text.contains("\n  File \"") || text.contains(")  File \"");
        if (error == null && message != 0 && !frames && !isIndentedCode(text) && !isCode(text.strip())) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(text);
        if (error != null) {
            draft.kind(EventKind.PROCESS_TRACEBACK).severity(Severity.ERROR).attribute("error", error);
            draft.measure("occurrences", (long) count(text, error));
            draft.attribute("error_message", message < 0 ? null : line(text, message, error));
        } else if (message == 0) {
            // The classes of these messages are on lines of their own and are counted there.
            draft.severity(Severity.ERROR).attribute("error_message", line(text, message, "\n"));
        }
        return draft.parsed();
    }

    /** One message, without what another rank wrote right behind it. */
    private static String line(String text, int from, String glued) {
        int to = text.length();
        for (String next : new String[] {"[Errno ", "\n", glued}) {
            int found = text.indexOf(next, from + 1);
            to = found < 0 ? to : Math.min(to, found);
        }
        String message = text.substring(from, to).strip();
        return message.endsWith("':") ? message.substring(0, message.length() - 1) : message;
    }

    /** The class of an error that is named alone, twice in a row, or behind a piece of another line. */
    private static @Nullable String errorIn(String text) {
        int found = text.indexOf("Error");
        while (found >= 0 && found < FARTHEST_ERROR) {
            int start = found;
            while (start > 0 && Character.isLetter(text.charAt(start - 1))) {
                start--;
            }
            int end = found + 5;
            String name = text.substring(start, end);
            if (name.length() > 7 && Character.isUpperCase(name.charAt(0)) && isAloneOrGlued(text, start, end, name)) {
                return name;
            }
            found = text.indexOf("Error", end);
        }
        return null;
    }

    private static boolean isAloneOrGlued(String text, int start, int end, String name) {
        boolean lineStart = start == 0 || text.charAt(start - 1) == '\n';
        boolean lineEnd = end == text.length() || text.charAt(end) == '\n';
        boolean afterPiece = start > 0 && (text.charAt(start - 1) == ')' || text.startsWith(": ", start - 2));
        boolean more = end < text.length() && (text.charAt(end) == ' ' || text.startsWith(": :", end));
        return (lineStart && (lineEnd || text.startsWith("    :", end) || (more && text.startsWith("[Errno", end + 1))))
                || text.startsWith(name, end)
                || (isBegun(text, start) && isCode(text.substring(end)))
                || (lineEnd && text.startsWith("[Errno "))
                || (afterPiece && (lineEnd || text.startsWith(": ", end)) && isPiece(text, start));
    }

    /** At the start of a line, or behind the colon of another rank's error. */
    private static boolean isBegun(String text, int start) {
        return start == 0 || text.charAt(start - 1) == '\n' || (start == 2 && text.startsWith(": "));
    }

    /** Whether what stands before an error's name is a piece of code or of another error. */
    private static boolean isPiece(String text, int start) {
        String before = text.substring(0, start).strip();
        return before.isEmpty()
                || before.equals(":")
                || before.startsWith("[Errno ")
                || isCode(before)
                || before.startsWith(": ");
    }

    /** Deep in a function: a statement without the frame that it stood under. */
    private static boolean isIndentedCode(String text) {
        int end = text.indexOf('\n');
        String line = text.substring(0, Math.min(end < 0 ? text.length() : end, 300));
        return line.startsWith("        ")
                && (line.contains(" = ")
                        || (line.indexOf('(') > 0 && line.stripTrailing().endsWith(")")));
    }

    /** A line of code: it begins as one, or it is the same text several times. */
    private static boolean isCode(String text) {
        if (text.isEmpty() || text.indexOf('(') < 0) {
            return isOnlySigns(text);
        }
        for (String code : CODE) {
            if (text.startsWith(code)) {
                return true;
            }
        }
        return isRepeated(text);
    }

    private static boolean isOnlySigns(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (":^~ ".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isRepeated(String text) {
        if (text.length() > LONGEST_CODE) {
            return false;
        }
        int close = text.indexOf(')');
        int half = close + 1;
        while (half > 0 && half <= text.length() / 2) {
            if (text.startsWith(text.substring(0, half), half)) {
                return true;
            }
            half = text.indexOf(')', half) + 1;
        }
        return false;
    }

    private static int count(String text, String error) {
        int count = 0;
        for (int at = text.indexOf(error); at >= 0; at = text.indexOf(error, at + error.length())) {
            count++;
        }
        return Math.max(1, count);
    }
}
