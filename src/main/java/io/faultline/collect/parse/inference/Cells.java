package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code key: value, key: value, …}, as the statistics of all engines are written: cells come and go with releases
 * and settings, so never by their place. A comma inside brackets or before text without a key belongs to the value.
 */
final class Cells {

    private static final double PERCENT = 0.01;

    /** Names the measure of a key, or null where it is none. */
    @FunctionalInterface
    interface Names {
        @Nullable
        String of(String key);
    }

    private Cells() {}

    /**
     * Keeps each cell as a measure by its name, or as an attribute under the key as written.
     *
     * @param separator what stands between key and value: {@code ": "} or {@code "="}
     */
    static void read(String text, int from, String separator, Names names, Draft draft) {
        int start = from;
        while (start < text.length()) {
            int colon = text.indexOf(separator, start);
            if (colon < 0) {
                return;
            }
            int value = colon + separator.length();
            int end = endOfValue(text, value, separator);
            cell(text.substring(start, colon).strip(), text, value, end, names, draft);
            start = end + 2;
        }
    }

    /** Where the comma stands behind which the next key begins. */
    private static int endOfValue(String text, int value, String separator) {
        int depth = 0;
        int nextSeparator = text.indexOf(separator, value);
        for (int i = value; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth <= 0 && i + 1 < text.length() && text.charAt(i + 1) == ' ') {
                if (nextSeparator >= 0 && nextSeparator <= i) {
                    nextSeparator = text.indexOf(separator, i);
                }
                int nextComma = nextSeparator < 0 ? -1 : text.indexOf(", ", i + 2);
                if (nextSeparator < 0 || (nextComma >= 0 && nextComma < nextSeparator)) {
                    continue;
                }
                return i;
            }
        }
        return text.length();
    }

    private static void cell(String key, String text, int from, int to, Names names, Draft draft) {
        int end = to;
        while (end > from && (text.charAt(end - 1) <= ' ' || text.charAt(end - 1) == ',')) {
            end--;
        }
        String name = names.of(key);
        if (name == null || !number(name, text, from, end, draft)) {
            draft.attribute(key, text.substring(from, end));
        }
    }

    /** A number with a percent sign or a unit behind it; a full stop may end the line. */
    private static boolean number(String name, String text, int from, int to, Draft draft) {
        int end = from;
        while (end < to && text.charAt(end) != ' ' && text.charAt(end) != '%') {
            end++;
        }
        double scale = end < to && text.charAt(end) == '%' ? PERCENT : 1;
        if (end == to && end > from && text.charAt(end - 1) == '.') {
            end--;
        }
        return Numbers.put(draft.measures(), name, scale * unitOf(name), text, from, end);
    }

    /** Only times and sizes of the key-value lines of KV connectors are not in base units. */
    private static double unitOf(String name) {
        return switch (name) {
            case "transfer_seconds" -> 1e-3;
            case "transfer_bytes_per_second" -> 1e6;
            default -> 1;
        };
    }
}
