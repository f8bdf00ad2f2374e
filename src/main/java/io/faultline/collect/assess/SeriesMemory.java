package io.faultline.collect.assess;

import java.util.Arrays;

/**
 * What was last seen of each series of a source, one slot a series; what a field means depends on the measure, see {@link
 * Series}. Flink state, 48 bytes a slot and at most {@value #MOST} of them; series beyond are not judged.
 */
public final class SeriesMemory {

    static final int MOST = 64;

    public int size;
    public long[] keys = {};
    public double[] last = {};
    public double[] usual = {};
    public long[] times = {};
    public int[] seen = {};
    public int[] odd = {};

    /** The slot of a series, a fresh one if it is new; -1 if there is no more room. */
    int slot(long key) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        if (size == MOST) {
            return -1;
        }
        if (size == keys.length) {
            int length = Math.min(MOST, Math.max(4, 2 * size));
            keys = Arrays.copyOf(keys, length);
            last = Arrays.copyOf(last, length);
            usual = Arrays.copyOf(usual, length);
            times = Arrays.copyOf(times, length);
            seen = Arrays.copyOf(seen, length);
            odd = Arrays.copyOf(odd, length);
        }
        keys[size] = key;
        return size++;
    }
}
