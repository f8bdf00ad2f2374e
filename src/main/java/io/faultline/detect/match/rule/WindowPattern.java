package io.faultline.detect.match.rule;

import java.util.List;

/**
 * A number of a window that is compared: an aggregate of values ({@code threshold}), or the share of events for which a
 * condition holds ({@code ratio}).
 *
 * @param match the events that count
 * @param of for a ratio, which of them; empty for a threshold
 * @param value for a threshold, the number of an event; empty for a ratio
 * @param aggregate what is made of the numbers; a ratio's is the mean of ones and zeros
 * @param condition when it is told
 * @param window the window
 * @param atLeast how many events a window needs to be looked at
 */
public record WindowPattern(
        String match, String of, String value, Aggregate aggregate, Comparison condition, Windows window, int atLeast)
        implements RulePattern {

    public static final int MATCH = 0;
    public static final int OF = 1;

    /** What is made of a window's numbers. */
    public enum Aggregate {
        MEAN,
        MIN,
        MAX,
        SUM,
        P50,
        P99,
        LAST;

        /** Whether all numbers are needed for it. */
        public boolean isQuantile() {
            return this == P50 || this == P99;
        }
    }

    static WindowPattern threshold(PatternReader reader) {
        return new WindowPattern(
                reader.required("match"),
                "",
                reader.requiredNumber("value"),
                reader.choice("aggregate", Aggregate.MEAN, Aggregate.class),
                Comparison.read(reader),
                Windows.read(reader),
                reader.number("at-least", 1, 1, 1_000_000));
    }

    static WindowPattern ratio(PatternReader reader) {
        return new WindowPattern(
                reader.required("match"),
                reader.required("of"),
                "",
                Aggregate.MEAN,
                Comparison.read(reader),
                Windows.read(reader),
                reader.number("at-least", 20, 1, 1_000_000));
    }

    public boolean isRatio() {
        return !of.isEmpty();
    }

    @Override
    public boolean countsWithinTime() {
        return isRatio() || aggregate == Aggregate.SUM;
    }

    @Override
    public List<String> conditions() {
        return List.of(match, of);
    }

    @Override
    public long travelling() {
        return 1L << MATCH;
    }
}
