package io.faultline.detect.match.rule;

import io.faultline.model.Alert;
import java.time.Duration;
import java.util.List;

/**
 * A number that leaves its own moving average behind.
 *
 * @param match the events that have it
 * @param value the number
 * @param factor how many times the average is too much
 * @param floor numbers up to this are never too much
 * @param times how many in a row
 * @param warmUp how many are watched first
 * @param maxSilence how long an idle group is kept
 * @param stop forgets all and starts anew: an exit, a new start; empty for never
 */
public record SpikePattern(
        String match,
        String value,
        double factor,
        double floor,
        int times,
        int warmUp,
        Duration maxSilence,
        String stop)
        implements RulePattern {

    public static final int MATCH = 0;
    public static final int STOP = 1;

    static SpikePattern read(PatternReader reader) {
        return new SpikePattern(
                reader.required("match"),
                reader.requiredNumber("value"),
                reader.decimal("factor", 3, 1, 1e9),
                reader.decimal("floor", 0, 0, 1e300),
                reader.number("times", 3, 1, Alert.MAX_EVIDENCE),
                reader.number("warm-up", 20, 1, 100_000),
                reader.duration("max-silence", Duration.ofHours(6)),
                reader.condition("stop"));
    }

    @Override
    public List<String> conditions() {
        return List.of(match, stop);
    }

    /** What it remembers are values. */
    @Override
    public Object shape() {
        return value;
    }
}
