package io.faultline.detect.match.story;

import io.faultline.model.LogEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What happens, and the alerts that it must bring: these and no other.
 *
 * @param rule the id of the rule that it is told for
 * @param title what happens, in a few words
 * @param place {@code stories/loss-nan.yaml:12}
 * @param start the instant from which its times count
 * @param events what happens, in the order of time
 * @param until how long time runs
 * @param alerts what must come
 */
public record Story(
        String rule,
        String title,
        String place,
        Instant start,
        List<LogEvent> events,
        Duration until,
        List<ExpectedAlert> alerts) {

    /** Where a story begins that does not say. */
    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    public Story {
        events = List.copyOf(events);
        alerts = List.copyOf(alerts);
    }

    public Instant end() {
        return start.plus(until);
    }

    /** Whether its rule must fire in it. */
    public boolean fires() {
        return alerts.stream().anyMatch(alert -> alert.rule().equals(rule));
    }

    @Override
    public String toString() {
        return rule + ": " + title;
    }
}
