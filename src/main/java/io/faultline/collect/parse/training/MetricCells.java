package io.faultline.collect.parse.training;

import static io.faultline.collect.parse.format.Cursor.isDigit;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a training line, {@code loss: 3.2 | dt: 120.5ms | 171,544 tok/s}: a name, a number and a unit glued to it
 * or behind it, each part but the number optional. Known names become measures in base units, all others attributes.
 */
final class MetricCells {

    private MetricCells() {}

    /** Reads the cells between two places that a text separates. */
    static void read(String text, int from, int to, String separator, Draft draft) {
        int start = from;
        while (start < to) {
            int end = text.indexOf(separator, start);
            end = end < 0 || end > to ? to : end;
            cell(text, start, end, draft);
            start = end + separator.length();
        }
    }

    /** Grades a step by its numbers: a loss that is no number is an error, a gradient norm a warning. */
    static void grade(Draft draft) {
        Measures measures = draft.measures().build();
        if (!Double.isFinite(measures.getOr("loss", 0))
                || !Double.isFinite(measures.getOr("eval_loss", 0))
                || measures.getOr("nan_iterations", 0) > 0) {
            draft.atLeast(Severity.ERROR);
        } else if (!Double.isFinite(measures.getOr("grad_norm", 0))) {
            draft.atLeast(Severity.WARN);
        }
    }

    private static void cell(String text, int from, int to, Draft draft) {
        int start = from;
        int end = to;
        while (start < end && (text.charAt(start) <= ' ' || text.charAt(start) == '(')) {
            start++;
        }
        while (end > start && (text.charAt(end - 1) <= ' ' || text.charAt(end - 1) == ',')) {
            end--;
        }
        int number = numberStart(text, start, end);
        if (number < 0) {
            pair(text, start, end, draft);
            return;
        }
        int numberEnd = numberEnd(text, number, end);
        String key = key(text, start, number);
        String unit = unit(text, numberEnd, end);
        String name = MetricNames.of(key, unit);
        // A mean over no steps yet: "step_avg:nanms".
        boolean none = "step_time_seconds".equals(name) && isNotFinite(text, number);
        name = none ? null : name;
        double scale = name == null ? 1 : MetricNames.scale(name, unit);
        if (name == null || !Numbers.put(draft.measures(), name, scale, text, number, numberEnd)) {
            draft.attribute(key.isEmpty() ? unit : key, text.substring(number, end));
        } else if (name.equals("mfu_ratio") && unit.isEmpty()) {
            percent(draft);
        }
    }

    /** Without a sign a utilisation above 1 is one in percent. */
    private static void percent(Draft draft) {
        double written = draft.measures().build().getOr("mfu_ratio", 0);
        if (written > 1) {
            draft.measure("mfu_ratio", written / 100);
        }
    }

    /** {@code mfu: N/A}: a name whose value is no number. */
    private static void pair(String text, int start, int end, Draft draft) {
        int colon = text.indexOf(':', start);
        if (colon > start && colon < end) {
            draft.attribute(
                    text.substring(start, colon).strip(),
                    text.substring(colon + 1, end).strip());
        }
    }

    private static String key(String text, int start, int number) {
        int end = number;
        while (end > start
                && (text.charAt(end - 1) <= ' ' || text.charAt(end - 1) == ':' || text.charAt(end - 1) == '=')) {
            end--;
        }
        return text.substring(start, end);
    }

    private static String unit(String text, int from, int end) {
        int start = from;
        while (start < end && text.charAt(start) == ' ') {
            start++;
        }
        int to = start;
        while (to < end && text.charAt(to) != '(' && text.charAt(to) != ')') {
            to++;
        }
        return text.substring(start, to).stripTrailing();
    }

    /** Where a number begins behind a blank, a colon, an equals sign or nothing; -1 where none does. */
    private static int numberStart(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char before = i == start ? ' ' : text.charAt(i - 1);
            if ((before == ' ' || before == ':' || before == '=') && beginsNumber(text, i, end)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean beginsNumber(String text, int at, int end) {
        char c = text.charAt(at);
        if (isDigit(c)) {
            return true;
        }
        if ((c == '-' || c == '+' || c == '.') && at + 1 < end) {
            return isDigit(text.charAt(at + 1)) || isNotFinite(text, at + 1);
        }
        return isNotFinite(text, at);
    }

    private static boolean isNotFinite(String text, int at) {
        boolean word = text.regionMatches(true, at, "nan", 0, 3) || text.regionMatches(true, at, "inf", 0, 3);
        int end = at + 3;
        boolean unit = text.startsWith("ms", end) || text.startsWith("s", end);
        return word && (end >= text.length() || !Character.isLetter(text.charAt(end)) || unit);
    }

    private static int numberEnd(String text, int from, int end) {
        int i = from;
        if (text.charAt(i) == '-' || text.charAt(i) == '+') {
            i++;
        }
        if (i < end && isNotFinite(text, i)) {
            return i + 3;
        }
        while (i < end && isPart(text, i, end)) {
            i++;
        }
        return i;
    }

    private static boolean isPart(String text, int at, int end) {
        char c = text.charAt(at);
        if (isDigit(c) || c == '.') {
            return true;
        }
        boolean digitNext = at + 1 < end && isDigit(text.charAt(at + 1));
        if (c == ',') {
            return digitNext;
        }
        if (c == 'e' || c == 'E') {
            return digitNext
                    || (at + 2 < end && isDigit(text.charAt(at + 2)) && "+-".indexOf(text.charAt(at + 1)) >= 0);
        }
        return (c == '+' || c == '-') && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E');
    }

    /** Keeps a number or, where it is none or has no name of ours, the text under its written key. */
    static void put(String key, @Nullable String name, double scale, String text, int from, int to, Draft draft) {
        if (name == null || !Numbers.put(draft.measures(), name, scale, text, from, to)) {
            draft.attribute(key, text.substring(from, to).strip());
        }
    }
}
