package io.faultline.detect.match.rule;

import java.time.Duration;
import java.util.List;

/**
 * A value that few of its group's events have.
 *
 * @param match the events
 * @param field whose values are told apart
 * @param share of all events that the value's are less than
 * @param after how many events are only counted first
 * @param forget how long a silent group is kept
 */
public record RarePattern(String match, String field, double share, int after, Duration forget) implements RulePattern {

    static RarePattern read(PatternReader reader) {
        return new RarePattern(
                reader.required("match"),
                reader.requiredField("field"),
                reader.decimal("share", 0.01, 0, 1),
                reader.number("after", 1000, 1, 1_000_000),
                reader.positive("forget", Duration.ofDays(30)));
    }

    @Override
    public List<String> conditions() {
        return List.of(match);
    }
}
