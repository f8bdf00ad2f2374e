package io.faultline.detect.match.track;

import io.faultline.detect.summarize.StatisticsAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one group that are not over: at most 120 panes of 50 bytes, or of up to 11 KiB where a quantile is asked
 * for, and a few quoted events.
 *
 * @param end when the next window ends, in milliseconds
 * @param panes the oldest first
 * @param last the last event
 * @param telling the last events that speak for an alert
 */
public record WindowState(long end, Pane[] panes, Candidate last, Candidate[] telling) {

    static final int MOST_TELLING = 5;

    /**
     * What is known of the numbers of one slide.
     *
     * @param end when it ends, in milliseconds; of a session, when that began
     * @param count how many numbers
     * @param numbers all of them; null where no quantile is asked for
     */
    public record Pane(
            long end, long count, double sum, double min, double max, @Nullable StatisticsAccumulator numbers) {

        static Pane empty(long end, boolean quantiles) {
            return new Pane(
                    end,
                    0,
                    0,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    quantiles ? new StatisticsAccumulator() : null);
        }

        Pane with(double value) {
            StatisticsAccumulator more = copy(numbers);
            if (more != null) {
                more.add(value);
            }
            return new Pane(end, count + 1, sum + value, Math.min(min, value), Math.max(max, value), more);
        }

        Pane with(Pane other) {
            StatisticsAccumulator more = copy(numbers);
            if (more != null && other.numbers != null) {
                more.merge(other.numbers);
            }
            return new Pane(
                    end,
                    count + other.count,
                    sum + other.sum,
                    Math.min(min, other.min),
                    Math.max(max, other.max),
                    more);
        }

        private static @Nullable StatisticsAccumulator copy(@Nullable StatisticsAccumulator numbers) {
            return numbers == null ? null : new StatisticsAccumulator().merge(numbers);
        }
    }
}
