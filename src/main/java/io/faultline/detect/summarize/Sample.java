package io.faultline.detect.summarize;

import io.faultline.model.SeriesKey;

/**
 * One finite number of a series; its time is the stream record's.
 *
 * @param series whose number
 * @param value the number
 */
public record Sample(SeriesKey series, double value) {}
