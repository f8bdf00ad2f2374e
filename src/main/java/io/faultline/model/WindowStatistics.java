package io.faultline.model;

import java.time.Instant;

/**
 * What one series did in one event-time window.
 *
 * @param series whose numbers
 * @param windowStart first instant, inclusive
 * @param windowEnd last instant, exclusive
 * @param count how many finite numbers
 * @param mean their mean
 * @param deviation their standard deviation (of the population; 0 for one number)
 * @param min the smallest
 * @param max the largest
 * @param p50 the median
 * @param p90 the 90th percentile
 * @param p99 the 99th percentile
 */
public record WindowStatistics(
        SeriesKey series,
        Instant windowStart,
        Instant windowEnd,
        long count,
        double mean,
        double deviation,
        double min,
        double max,
        double p50,
        double p90,
        double p99) {}
