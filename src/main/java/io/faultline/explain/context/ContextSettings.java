package io.faultline.explain.context;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * What incidents are told with.
 *
 * @param lookBack how long before an incident a change may have been made and still be told with it
 * @param updateInterval the shortest time between two revisions of an incident for its cost alone
 */
public record ContextSettings(Duration lookBack, Duration updateInterval) implements Serializable {

    public static ContextSettings defaults() {
        return new ContextSettings(Duration.ofHours(2), Duration.ofSeconds(60));
    }

    public static ContextSettings read(SettingsReader reader) {
        ContextSettings absent = defaults();
        ContextSettings read = new ContextSettings(
                reader.duration("look-back", absent.lookBack),
                reader.duration("update-interval", absent.updateInterval));
        if (read.updateInterval.toSeconds() < 1) {
            reader.problem("update-interval", "must be 1s or longer");
        }
        return read;
    }

    /** How long what is known of a subject is of use. */
    Duration memory() {
        return lookBack.multipliedBy(2);
    }
}
