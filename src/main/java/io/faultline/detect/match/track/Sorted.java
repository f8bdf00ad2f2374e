package io.faultline.detect.match.track;

import java.util.Arrays;

/** Numbers in order: what is usual among a few, whatever the odd ones are. */
final class Sorted {

    /** Makes the median of absolute deviations of a normal distribution its standard deviation. */
    private static final double MAD_TO_SIGMA = 1.4826;

    private final double[] values;

    private Sorted(double[] values) {
        this.values = values;
    }

    static Sorted of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Sorted(sorted);
    }

    boolean isEmpty() {
        return values.length == 0;
    }

    int size() {
        return values.length;
    }

    /** 0 where there are none. */
    double median() {
        int middle = values.length / 2;
        return isEmpty() ? 0 : values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /** The smallest number that at least this part of all does not exceed; 0 where there are none. */
    double quantile(double rank) {
        return isEmpty() ? 0 : values[place(rank, values.length)];
    }

    private static int place(double rank, int size) {
        return Math.max(0, (int) Math.ceil(rank * size) - 1);
    }

    /** As {@code of(values).quantile(rank)} for a rank near 1: only the few largest numbers are put in order. */
    static double highQuantile(double rank, long... values) {
        if (values.length == 0) {
            return 0;
        }
        long[] largest = new long[values.length - place(rank, values.length)];
        Arrays.fill(largest, Long.MIN_VALUE);
        int last = largest.length - 1;
        for (long value : values) {
            int place = last;
            for (; place > 0 && value > largest[place - 1]; place--) {
                largest[place] = largest[place - 1];
            }
            largest[place] = Math.max(value, largest[place]);
        }
        return largest[last];
    }

    /** A standard deviation that half of the numbers can not move. */
    double sigma() {
        double median = median();
        return MAD_TO_SIGMA
                * of(Arrays.stream(values)
                                .map(value -> Math.abs(value - median))
                                .toArray())
                        .median();
    }
}
