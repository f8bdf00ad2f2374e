package io.faultline.detect.match.rule;

import java.time.Duration;
import java.util.List;

/**
 * Many events in a time.
 *
 * @param match the events
 * @param times how many
 * @param within the time from the first to the last
 */
public record FrequencyPattern(String match, int times, Duration within) implements RulePattern {

    private static final int MOST = 1000;

    static FrequencyPattern read(PatternReader reader) {
        return new FrequencyPattern(
                reader.required("match"), reader.requiredCount("times", 2, MOST), reader.requiredDuration("within"));
    }

    @Override
    public boolean countsWithinTime() {
        return true;
    }

    @Override
    public List<String> conditions() {
        return List.of(match);
    }
}
