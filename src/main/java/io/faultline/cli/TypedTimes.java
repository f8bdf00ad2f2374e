package io.faultline.cli;

import io.faultline.settings.Durations;
import io.faultline.settings.Problems;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Times and durations as people type them. */
final class TypedTimes {

    private TypedTimes() {}

    /** A time as {@code 2026-03-01T10:05:00Z}; the epoch where it is wrong. */
    static Instant instant(String text, Problems problems) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            problems.add("a time", "\"" + text + "\" is not one as 2026-03-01T10:05:00Z");
            return Instant.EPOCH;
        }
    }

    /**
     * A duration as {@code 10m}; none where it is wrong.
     *
     * @param examples what a right one looks like
     */
    static Duration duration(String option, String text, String examples, Problems problems) {
        try {
            return Durations.parse(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            problems.add(option, "\"" + text + "\" is not a duration as " + examples);
            return Duration.ZERO;
        }
    }
}
