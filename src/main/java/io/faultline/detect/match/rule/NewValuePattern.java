package io.faultline.detect.match.rule;

import java.time.Duration;
import java.util.List;

/**
 * A value that was never seen in its group.
 *
 * @param match the events
 * @param field whose values are told apart
 * @param learn how long after its first event a group's values are only learnt
 * @param forget after how long a value that did not come again is new, and a group is forgotten
 */
public record NewValuePattern(String match, String field, Duration learn, Duration forget) implements RulePattern {

    static NewValuePattern read(PatternReader reader) {
        return new NewValuePattern(
                reader.required("match"),
                reader.requiredField("field"),
                reader.duration("learn", Duration.ofDays(1)),
                reader.positive("forget", Duration.ofDays(30)));
    }

    @Override
    public List<String> conditions() {
        return List.of(match);
    }
}
