package io.faultline.detect.match.rule;

import java.util.List;

/**
 * A number that is on another level in one window than in the one before.
 *
 * @param match the events that have it
 * @param value the number
 * @param window how long each of the two windows is, and how often they are compared: a change in the middle of a
 *     window shows in none of two that tumble
 * @param by the part of the old level that the new one must be away from it
 * @param floor and how far at least
 * @param direction which way is looked for
 * @param atLeast how many numbers each window needs
 * @param stop forgets all: a new start
 */
public record ChangePattern(
        String match,
        String value,
        Windows window,
        double by,
        double floor,
        Direction direction,
        int atLeast,
        String stop)
        implements RulePattern {

    public static final int MATCH = 0;
    public static final int STOP = 1;

    static ChangePattern read(PatternReader reader) {
        Windows window = Windows.read(reader, 10);
        if (window.isSession()) {
            reader.problem("window", "has no gap here");
        }
        return new ChangePattern(
                reader.required("match"),
                reader.requiredNumber("value"),
                window,
                reader.decimal("by", 0.1, 0, 1e9),
                reader.decimal("floor", 0, 0, 1e300),
                reader.choice("direction", Direction.BOTH, Direction.class),
                reader.number("at-least", 10, 3, 500),
                reader.condition("stop"));
    }

    @Override
    public List<String> conditions() {
        return List.of(match, stop);
    }
}
