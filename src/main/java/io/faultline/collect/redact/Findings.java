package io.faultline.collect.redact;

import java.util.Arrays;

/** The places that were found in one text. Used again for the next; not thread-safe. */
final class Findings {

    private static final int FEW = 8;

    private String text = "";
    private boolean cut;
    private int size;
    private int[] starts = new int[FEW];
    private int[] ends = new int[FEW];
    private int[] rules = new int[FEW];
    private int rule;

    void begin(String newText, boolean isCut) {
        text = newText;
        cut = isCut;
        size = 0;
    }

    /** The rule that finds next. */
    void by(int newRule) {
        rule = newRule;
    }

    String text() {
        return text;
    }

    /** Whether a limit cut the text, so that what stands at its end may be half of something. */
    boolean cut() {
        return cut;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(int start, int end) {
        if (end <= start) {
            return;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            rules = Arrays.copyOf(rules, 2 * size);
        }
        starts[size] = start;
        ends[size] = end;
        rules[size++] = rule;
    }

    /** Writes what stands instead of a place. */
    interface Replacement {
        String of(int rule, String found);
    }

    /** The text with all places replaced; of places that overlap, the rule that stands first in the files names both. */
    String replaced(Replacement replacement) {
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order, (a, b) -> starts[a] != starts[b] ? Integer.compare(starts[a], starts[b]) : ends[b] - ends[a]);
        StringBuilder out = new StringBuilder(text.length());
        int written = 0;
        for (int i = 0; i < size; ) {
            int start = starts[order[i]];
            int end = ends[order[i]];
            int first = rules[order[i]];
            for (i++; i < size && starts[order[i]] < end; i++) {
                end = Math.max(end, ends[order[i]]);
                first = Math.min(first, rules[order[i]]);
            }
            out.append(text, written, start).append(replacement.of(first, text.substring(start, end)));
            written = end;
        }
        return out.append(text, written, text.length()).toString();
    }
}
