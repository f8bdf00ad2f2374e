package io.faultline.detect.match.rule;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;

/**
 * What one rule may cost in one task, so that it can not hurt the others. Over a limit the rule is paused there.
 *
 * @param partialMatches how many a group may hold
 * @param groups how many may hold anything
 * @param costMicros how long one evaluation of its conditions may take, in microseconds; the median is compared
 */
public record RuleLimits(int partialMatches, int groups, int costMicros) implements Serializable {

    public static RuleLimits read(SettingsReader reader) {
        return new RuleLimits(
                reader.number("partial-matches", 1_000, 1, 1_000_000),
                reader.number("groups", 100_000, 1, 100_000_000),
                reader.number("cost-micros", 100, 1, 1_000_000));
    }
}
