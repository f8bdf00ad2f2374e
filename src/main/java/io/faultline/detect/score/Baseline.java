package io.faultline.detect.score;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A series' own past. Its size is bounded by {@code history-windows} numbers, half a KiB by default.
 *
 * @param means the means of the last windows, the oldest first
 * @param oddWindows how many windows in a row were odd until now
 * @param oddSince the start of the first of them, in milliseconds; 0 where none is
 */
public record Baseline(double[] means, int oddWindows, long oddSince) {

    static final Baseline EMPTY = new Baseline(new double[0], 0, 0);

    double expected() {
        return Arrays.stream(means).average().orElse(Double.NaN);
    }

    double deviation() {
        double expected = expected();
        return Math.sqrt(Arrays.stream(means)
                .map(mean -> (mean - expected) * (mean - expected))
                .average()
                .orElse(0));
    }

    /** This past and one window more, the oldest forgotten where there are more than {@code limit}. */
    Baseline with(double mean, int limit, int newOddWindows, long newOddSince) {
        int skip = Math.max(0, means.length + 1 - limit);
        double[] longer = IntStream.rangeClosed(skip, means.length)
                .mapToDouble(i -> i == means.length ? mean : means[i])
                .toArray();
        return new Baseline(longer, newOddWindows, newOddSince);
    }
}
