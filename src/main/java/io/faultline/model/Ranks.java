package io.faultline.model;

import java.util.BitSet;
import java.util.StringJoiner;

/**
 * A set of ranks of a training job; at most 8 KiB.
 *
 * @param bits bit {@code i % 64} of word {@code i / 64} is set where rank i is in it
 */
public record Ranks(long[] bits) {

    public static final Ranks NONE = new Ranks(new long[0]);

    /** More ranks than any job has; a larger number is none. */
    private static final int LIMIT = 65_536;

    public boolean isEmpty() {
        return toBitSet().isEmpty();
    }

    /** A copy. */
    public BitSet toBitSet() {
        return BitSet.valueOf(bits);
    }

    /** This set and a rank as an entity has it; this set where the text is no rank's number. */
    public Ranks with(String rank) {
        int number = numberOf(rank);
        BitSet set = toBitSet();
        if (number < 0 || set.get(number)) {
            return this;
        }
        set.set(number);
        return new Ranks(set.toLongArray());
    }

    /** The number of a rank, or -1 where the text is not one. */
    public static int numberOf(String rank) {
        int number = 0;
        for (int i = 0; i < rank.length(); i++) {
            char digit = rank.charAt(i);
            number = digit >= '0' && digit <= '9' ? 10 * number + (digit - '0') : LIMIT;
            if (number >= LIMIT) {
                return -1;
            }
        }
        return rank.isEmpty() ? -1 : number;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranks ranks && toBitSet().equals(ranks.toBitSet());
    }

    @Override
    public int hashCode() {
        return toBitSet().hashCode();
    }

    /** {@code 0-4, 6, 8-31}. */
    @Override
    public String toString() {
        return text(toBitSet());
    }

    /** {@code 0-4, 6, 8-31}. */
    public static String text(BitSet ranks) {
        StringJoiner text = new StringJoiner(", ");
        for (int from = ranks.nextSetBit(0); from >= 0; ) {
            int end = ranks.nextClearBit(from);
            text.add(end - from == 1 ? String.valueOf(from) : from + "-" + (end - 1));
            from = ranks.nextSetBit(end);
        }
        return text.toString();
    }
}
