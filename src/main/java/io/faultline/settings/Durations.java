package io.faultline.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Durations as people write them. */
public final class Durations {

    private Durations() {}

    /**
     * Reads {@code 500ms}, {@code 30s}, {@code 10m}, {@code 2h}, {@code 7d} or ISO-8601.
     *
     * @throws DateTimeParseException where it is none of those or negative
     */
    public static Duration parse(String written) {
        String text = written.strip().toLowerCase(Locale.ROOT);
        Duration duration;
        if (text.startsWith("p")) {
            duration = Duration.parse(text);
        } else if (text.endsWith("ms")) {
            duration = Duration.ofMillis(Long.parseLong(text, 0, text.length() - 2, 10));
        } else if (text.endsWith("d")) {
            duration = Duration.parse("p" + text);
        } else {
            duration = Duration.parse("pt" + text);
        }
        if (duration.isNegative()) {
            throw new DateTimeParseException("negative", written, 0);
        }
        return duration;
    }
}
