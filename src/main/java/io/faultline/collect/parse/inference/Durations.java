package io.faultline.collect.parse.inference;

import static io.faultline.collect.parse.format.Cursor.isDigit;

import io.faultline.collect.parse.format.Draft;

/**
 * Durations as Rust and Go print them, the unit chosen by the size of each value: {@code 2.458s}, {@code 13.67ms},
 * {@code 184.26µs}, {@code 0s}, {@code 1m23s}, {@code 2h3m4.5s}.
 */
final class Durations {

    private Durations() {}

    /** Keeps a duration in seconds; false where the text is none. */
    static boolean put(Draft draft, String name, String text, int from, int to) {
        double seconds = seconds(text, from, to);
        if (Double.isNaN(seconds)) {
            return false;
        }
        draft.measure(name, seconds);
        return true;
    }

    static boolean put(Draft draft, String name, String text) {
        return put(draft, name, text, 0, text.length());
    }

    /** Seconds, or NaN. */
    static double seconds(String text, int from, int to) {
        double sum = 0;
        int at = from;
        while (at < to) {
            int start = at;
            while (at < to && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
                at++;
            }
            if (at == start || at - start > 24) {
                return Double.NaN;
            }
            double number = number(text, start, at);
            int unit = at;
            while (at < to && !isDigit(text.charAt(at))) {
                at++;
            }
            double seconds = inSeconds(number, text, unit, at);
            if (Double.isNaN(seconds)) {
                return Double.NaN;
            }
            sum += seconds;
        }
        return at > from ? sum : Double.NaN;
    }

    private static double number(String text, int from, int to) {
        try {
            return Double.parseDouble(text.substring(from, to));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Divides, because a thousandth is no double. The micro sign is U+00B5; some write the Greek letter or u. */
    private static double inSeconds(double number, String text, int from, int to) {
        int length = to - from;
        char first = length > 0 ? text.charAt(from) : 0;
        if (length == 1) {
            return switch (first) {
                case 's' -> number;
                case 'm' -> number * 60;
                case 'h' -> number * 3600;
                case 'd' -> number * 86_400;
                default -> Double.NaN;
            };
        }
        if (length != 2 || text.charAt(from + 1) != 's') {
            return Double.NaN;
        }
        return switch (first) {
            case 'm' -> number / 1e3;
            case '\u00B5', '\u03BC', 'u' -> number / 1e6;
            case 'n' -> number / 1e9;
            default -> Double.NaN;
        };
    }
}
