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

    static Sorted of(long... values) {
        return of(Arrays.stream(values).asDoubleStream().toArray());
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
        return isEmpty() ? 0 : values[Math.max(0, (int) Math.ceil(rank * values.length) - 1)];
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
