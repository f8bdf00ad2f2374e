package io.faultline.detect.match.track;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.apache.datasketches.hash.MurmurHash3;

/**
 * The values of a field that a group has; sixteen bytes each, a thousand at most.
 *
 * @param hashes the values, hashed
 * @param marks what is known of each: when it last came, or how often it did
 * @param first when the group's first event came, in milliseconds
 * @param last when its last event came, in milliseconds
 */
public record ValuesState(long[] hashes, long[] marks, long first, long last) {

    static final int MOST = 1000;

    static ValuesState begun(long now) {
        return new ValuesState(new long[0], new long[0], now, now);
    }

    static long hash(String value) {
        return MurmurHash3.hash(value.getBytes(StandardCharsets.UTF_8), 0)[0];
    }

    /** -1 where the value is not known. */
    int indexOf(long hash) {
        for (int i = 0; i < hashes.length; i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        return -1;
    }

    /** With another mark of a value; where there are too many, the one with the least mark goes. */
    ValuesState with(long hash, long mark, long now) {
        int index = indexOf(hash);
        if (index < 0 && hashes.length == MOST) {
            index = least();
        }
        int length = index < 0 ? hashes.length + 1 : hashes.length;
        int place = index < 0 ? hashes.length : index;
        long[] newHashes = Arrays.copyOf(hashes, length);
        long[] newMarks = Arrays.copyOf(marks, length);
        newHashes[place] = hash;
        newMarks[place] = mark;
        return new ValuesState(newHashes, newMarks, first, now);
    }

    /** Without the values whose mark does not hold. */
    ValuesState only(LongPredicate mark) {
        int[] kept = IntStream.range(0, marks.length)
                .filter(i -> mark.test(marks[i]))
                .toArray();
        return kept.length == marks.length
                ? this
                : new ValuesState(
                        Arrays.stream(kept).mapToLong(i -> hashes[i]).toArray(),
                        Arrays.stream(kept).mapToLong(i -> marks[i]).toArray(),
                        first,
                        last);
    }

    ValuesState halved() {
        long[] half = Arrays.stream(marks).map(mark -> mark / 2).toArray();
        return new ValuesState(hashes, half, first, last).only(mark -> mark > 0);
    }

    long sum() {
        return Arrays.stream(marks).sum();
    }

    private int least() {
        int least = 0;
        for (int i = 1; i < marks.length; i++) {
            least = marks[i] < marks[least] ? i : least;
        }
        return least;
    }
}
