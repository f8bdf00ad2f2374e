package io.faultline.collect.literals;

import java.util.List;

/**
 * Says of most texts that none of some literals stands in them, and reads a fraction of their characters for it. Where a
 * literal of five characters stands, every third place of the text that three characters are looked at from meets it: it is
 * looked up there whether a literal has these three. Immutable and thread-safe.
 */
public final class LiteralGate {

    private static final int LONGEST_GRAM = 3;

    /** Of an index into the table, of which 20 literals fill one place in a hundred. */
    private static final int BITS = 14;

    private final long[] known = new long[(1 << BITS) / Long.SIZE];
    private final int gram;
    private final int step;

    /** @param literals none of them empty */
    public LiteralGate(List<String> literals) {
        int shortest = literals.stream().mapToInt(String::length).min().orElse(1);
        gram = Math.min(LONGEST_GRAM, shortest);
        step = shortest - gram + 1;
        for (String literal : literals) {
            for (int i = 0; i + gram <= literal.length(); i++) {
                int bit = bit(literal, i);
                known[bit >> 6] |= 1L << bit;
            }
        }
    }

    /** False where none of the literals stands in a text; true where one may. */
    public boolean mayHold(String text) {
        for (int i = 0; i + gram <= text.length(); i += step) {
            int bit = bit(text, i);
            if ((known[bit >> 6] & 1L << bit) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Fibonacci hashing (Knuth, "The Art of Computer Programming", 6.4) of seven bits of each character. */
    private int bit(String text, int at) {
        int gathered = text.charAt(at);
        for (int i = 1; i < gram; i++) {
            gathered = (gathered << 7) ^ text.charAt(at + i);
        }
        return (gathered * 0x9E3779B1) >>> (Integer.SIZE - BITS);
    }
}
