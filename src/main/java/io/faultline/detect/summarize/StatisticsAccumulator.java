package io.faultline.detect.summarize;

import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Instant;
import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;

/**
 * What is known of a window so far. Count, mean and deviation by Welford's and Chan's recurrences, which do not lose
 * the digits that a sum of squares does. Up to {@value #EXACT} numbers are kept as they are and their quantiles are
 * exact; further ones go into a KLL sketch, {@value #EXACT} at a time, so that the sketch's bytes are seldom unpacked.
 * Fields are public and plain, so that it travels as a POJO.
 */
public final class StatisticsAccumulator {

    /** A series with a number a second, for four minutes; 2 KiB. */
    static final int EXACT = 256;

    /** KLL's k: a rank is off by less than 0.7 % with 99 % probability; about 9 KiB at most. */
    private static final int SKETCH_K = 400;

    private static final double[] NO_NUMBERS = {};
    private static final byte[] NO_SKETCH = {};

    public long count;
    public double mean;
    /** The sum of squared distances from the mean. */
    public double squares;

    public double min = Double.POSITIVE_INFINITY;
    public double max = Double.NEGATIVE_INFINITY;
    /** The numbers that are not in the sketch; only the first {@link #recentCount} are valid. */
    public double[] recent = NO_NUMBERS;

    public int recentCount;
    public byte[] sketch = NO_SKETCH;

    /** Adds one finite number. */
    public void add(double value) {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
        min = Math.min(min, value);
        max = Math.max(max, value);
        keep(value);
    }

    /** Adds what another one knows; that one is not changed. */
    public StatisticsAccumulator merge(StatisticsAccumulator other) {
        if (other.count == 0) {
            return this;
        }
        long total = count + other.count;
        double delta = other.mean - mean;
        mean += delta * other.count / total;
        squares += other.squares + delta * delta * count * other.count / total;
        count = total;
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        if (other.sketch.length > 0) {
            KllDoublesSketch merged = unpack();
            merged.merge(KllDoublesSketch.heapify(Memory.wrap(other.sketch)));
            sketch = merged.toByteArray();
        }
        for (int i = 0; i < other.recentCount; i++) {
            keep(other.recent[i]);
        }
        return this;
    }

    /** The window's statistics; there must be at least one number. */
    public WindowStatistics statistics(SeriesKey series, Instant start, Instant end) {
        double deviation = Math.sqrt(Math.max(0, squares) / count);
        double[] quantiles = quantiles(0.5, 0.9, 0.99);
        return new WindowStatistics(
                series, start, end, count, mean, deviation, min, max, quantiles[0], quantiles[1], quantiles[2]);
    }

    /** The smallest number that at least this part of all numbers does not exceed; there must be at least one. */
    public double quantile(double rank) {
        return quantiles(rank)[0];
    }

    private double[] quantiles(double... ranks) {
        double[] values = new double[ranks.length];
        if (sketch.length > 0) {
            KllDoublesSketch all = unpack();
            for (int i = 0; i < recentCount; i++) {
                all.update(recent[i]);
            }
            Arrays.setAll(values, i -> all.getQuantile(ranks[i]));
            return values;
        }
        double[] sorted = Arrays.copyOf(recent, recentCount);
        Arrays.sort(sorted);
        Arrays.setAll(values, i -> sorted[Math.max(0, (int) Math.ceil(ranks[i] * sorted.length) - 1)]);
        return values;
    }

    private void keep(double value) {
        if (recentCount == EXACT) {
            KllDoublesSketch more = unpack();
            for (double one : recent) {
                more.update(one);
            }
            sketch = more.toByteArray();
            recentCount = 0;
        }
        if (recentCount == recent.length) {
            recent = Arrays.copyOf(recent, Math.min(EXACT, Math.max(8, 2 * recent.length)));
        }
        recent[recentCount++] = value;
    }

    private KllDoublesSketch unpack() {
        return sketch.length == 0
                ? KllDoublesSketch.newHeapInstance(SKETCH_K)
                : KllDoublesSketch.heapify(Memory.wrap(sketch));
    }
}
