package io.faultline.detect.match.rule;

import java.time.Duration;
import java.util.List;

/**
 * One member of a group that is unlike the others.
 *
 * @param match the events
 * @param field what tells members apart: a rank, a replica
 * @param value the number that is compared
 * @param every how long a round is; a member's number is its mean in it
 * @param direction which way is bad
 * @param score how many robust standard deviations from the others' median are too many
 * @param factor and how many times that median
 * @param floor and how far from it at least
 * @param times in how many rounds in a row
 * @param atLeast how many members a round needs
 */
public record PeersPattern(
        String match,
        String field,
        String value,
        Duration every,
        Direction direction,
        double score,
        double factor,
        double floor,
        int times,
        int atLeast)
        implements RulePattern {

    static PeersPattern read(PatternReader reader) {
        return new PeersPattern(
                reader.required("match"),
                reader.requiredField("field"),
                reader.requiredNumber("value"),
                reader.positive("every", Duration.ofMinutes(1)),
                reader.choice("direction", Direction.UP, Direction.class),
                // Iglewicz and Hoaglin's recommendation for the modified z-score.
                reader.decimal("score", 3.5, 1, 1000),
                reader.decimal("factor", 1.2, 1, 1000),
                reader.decimal("floor", 0, 0, 1e300),
                reader.number("times", 3, 1, 1000),
                reader.number("at-least", 4, 3, 1000));
    }

    @Override
    public List<String> conditions() {
        return List.of(match);
    }
}
