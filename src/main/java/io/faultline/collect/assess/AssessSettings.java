package io.faultline.collect.assess;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * {@code collect.assess}.
 *
 * @param maxClockAhead {@code max-clock-ahead}: how far the time of an event may lie ahead of when it was seen
 */
public record AssessSettings(Duration maxClockAhead) implements Serializable {

    public static AssessSettings defaults() {
        return new AssessSettings(Duration.ofDays(1));
    }

    public static AssessSettings read(SettingsReader reader) {
        return new AssessSettings(reader.duration("max-clock-ahead", defaults().maxClockAhead()));
    }
}
