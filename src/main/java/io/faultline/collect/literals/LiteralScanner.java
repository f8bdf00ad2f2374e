package io.faultline.collect.literals;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds all places of all literals in one pass over a text, whatever their number: the automaton of Aho and Corasick
 * ("Efficient string matching", 1975) with every transition written out, so that a character costs two array reads.
 *
 * <p>It is a prefilter: what it finds may be folded, and the caller looks closer there. Immutable and thread-safe.
 */
public final class LiteralScanner {

    /** What counts as the same character. */
    public enum Fold {
        NOTHING,
        /** {@code A} and {@code a}. */
        CASE,
        /** As {@link #CASE}, and all ten digits: {@code 0000} stands for any four of them. */
        CASE_AND_DIGITS
    }

    /** Hears what was found. */
    public interface Hits {
        /**
         * A literal stands in the text.
         *
         * @param literal its index in the list that the scanner was made of
         * @param end the index behind its last character
         */
        void found(int literal, int end);
    }

    /** From this length on it pays to look for any literal first. */
    private static final int LONG = 96;

    /** The class of each character; all that stand in no literal share class 0. */
    private final byte[] classes = new byte[Character.MAX_VALUE + 1];

    /** From a state and a class to the next state. A state is the index of its row, so no multiplication is needed. */
    private final int[] next;

    private final int width;
    private final int longest;

    /** The states from here on end at least one literal; the start is state 0. */
    private final int firstFinal;

    /** What ends in each final state. */
    private final int[][] ends;

    /**
     * Builds the automaton.
     *
     * @param literals none of them empty; together at most 126 different characters
     */
    public LiteralScanner(List<String> literals, Fold fold) {
        width = classify(literals, fold) + 1;
        longest = literals.stream().mapToInt(String::length).max().orElse(0);
        Trie trie = new Trie();
        for (int i = 0; i < literals.size(); i++) {
            trie.add(literals.get(i), i);
        }
        int[] order = trie.finish();
        int[] offsets = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            offsets[order[i]] = i * width;
        }
        next = new int[order.length * width];
        int plain = 0;
        List<int[]> endings = new ArrayList<>();
        for (int state : order) {
            int row = offsets[state];
            for (int c = 0; c < width; c++) {
                next[row + c] = offsets[trie.rows.get(state)[c]];
            }
            if (trie.ends.get(state).length == 0) {
                plain++;
            } else {
                endings.add(trie.ends.get(state));
            }
        }
        firstFinal = plain * width;
        ends = endings.toArray(int[][]::new);
    }

    /** Tells every place of every literal, in the order of their ends. */
    public void scan(String text, Hits hits) {
        scan(text.toCharArray(), text.length(), hits);
    }

    /** The same for the first characters of an array, which the caller may fill again and again. */
    public void scan(char[] text, int length, Hits hits) {
        if (length >= LONG && !anyIn(text, length)) {
            return;
        }
        int state = 0;
        int i = 0;
        while (i < length) {
            // Nothing but reads in this loop: nearly all characters of nearly all texts end here.
            do {
                state = next[state + classes[text[i++]]];
            } while (state < firstFinal && i < length);
            if (state >= firstFinal) {
                for (int literal : ends[(state - firstFinal) / width]) {
                    hits.found(literal, i);
                }
            }
        }
    }

    /**
     * Whether any literal stands in the text. A long text is read at three places at once: each step waits for the array
     * that the step before it read from, and a processor can wait for three of them in the time of one.
     */
    public boolean anyIn(char[] text, int length) {
        int third = length / 3;
        if (third < longest) {
            return inOneGo(text, length);
        }
        int[] next = this.next;
        byte[] classes = this.classes;
        int one = 0;
        int two = 0;
        int three = 0;
        // What begins in one part ends in the next, so each is read on by the length of a literal.
        int steps = third + longest;
        int begin = length - steps;
        int middle = begin - third;
        for (int i = 0; i < steps; i++) {
            one = next[one + classes[text[i]]];
            two = next[two + classes[text[middle + i]]];
            three = next[three + classes[text[begin + i]]];
            if (one >= firstFinal || two >= firstFinal || three >= firstFinal) {
                return true;
            }
        }
        return false;
    }

    private boolean inOneGo(char[] text, int length) {
        int state = 0;
        for (int i = 0; i < length; i++) {
            state = next[state + classes[text[i]]];
            if (state >= firstFinal) {
                return true;
            }
        }
        return false;
    }

    /** Gives each character its class and returns how many classes there are beside class 0. */
    private int classify(List<String> literals, Fold fold) {
        Map<Character, Integer> known = new HashMap<>();
        for (String literal : literals) {
            if (literal.isEmpty()) {
                throw new IllegalArgumentException("an empty literal would be found everywhere");
            }
            for (int i = 0; i < literal.length(); i++) {
                known.computeIfAbsent(folded(literal.charAt(i), fold), any -> known.size() + 1);
            }
        }
        if (known.size() > Byte.MAX_VALUE - 1) {
            throw new IllegalArgumentException(known.size() + " different characters are more than 126");
        }
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            classes[c] = known.getOrDefault(folded((char) c, fold), 0).byteValue();
        }
        return known.size();
    }

    private static char folded(char c, Fold fold) {
        if (fold == Fold.NOTHING) {
            return c;
        }
        if (c >= 'A' && c <= 'Z') {
            return (char) (c + 'a' - 'A');
        }
        return fold == Fold.CASE_AND_DIGITS && c >= '0' && c <= '9' ? '0' : c;
    }

    /** The automaton while it grows; states in the order they were made. */
    private final class Trie {
        private final List<int[]> rows = new ArrayList<>(List.of(new int[width]));
        private final List<int[]> ends = new ArrayList<>(List.of(new int[0]));

        void add(String literal, int index) {
            int state = 0;
            for (int i = 0; i < literal.length(); i++) {
                int c = classes[literal.charAt(i)];
                if (rows.get(state)[c] == 0) {
                    rows.get(state)[c] = rows.size();
                    rows.add(new int[width]);
                    ends.add(new int[0]);
                }
                state = rows.get(state)[c];
            }
            ends.set(state, joined(ends.get(state), new int[] {index}));
        }

        /** Writes out the transitions that a mismatch takes, and returns the states, final ones last. */
        int[] finish() {
            int[] suffix = new int[rows.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            for (int child : rows.get(0)) {
                if (child != 0) {
                    queue.add(child);
                }
            }
            while (!queue.isEmpty()) {
                int state = queue.remove();
                int[] fallback = rows.get(suffix[state]);
                ends.set(state, joined(ends.get(state), ends.get(suffix[state])));
                int[] row = rows.get(state);
                for (int c = 0; c < width; c++) {
                    if (row[c] == 0) {
                        row[c] = fallback[c];
                    } else {
                        suffix[row[c]] = fallback[c];
                        queue.add(row[c]);
                    }
                }
            }
            int[] order = new int[rows.size()];
            int size = 0;
            for (int pass = 0; pass < 2; pass++) {
                for (int state = 0; state < order.length; state++) {
                    if ((ends.get(state).length > 0) == (pass == 1)) {
                        order[size++] = state;
                    }
                }
            }
            return order;
        }

        private static int[] joined(int[] first, int[] second) {
            int[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }
}
