package io.faultline.detect.summarize;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * How series are summarized.
 *
 * @param window the length of a window; windows start at multiples of it
 */
public record SummarizeSettings(Duration window) implements Serializable {

    /** One minute holds six lines of an engine that reports every ten seconds. */
    public static SummarizeSettings defaults() {
        return new SummarizeSettings(Duration.ofMinutes(1));
    }

    public static SummarizeSettings read(SettingsReader reader) {
        Duration window = reader.duration("window", defaults().window);
        if (window.compareTo(Duration.ofSeconds(1)) < 0) {
            reader.problem("window", "is shorter than 1s");
            return defaults();
        }
        return new SummarizeSettings(window);
    }
}
