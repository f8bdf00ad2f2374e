package io.faultline.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** Durations as people write them. */
public final class Durations {

    private Durations() {}

    /** As a person writes it, in the largest unit that leaves nothing over: {@code 90s}, {@code 10m}. */
    public static String text(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() != 0 || duration.isZero()) {
            return duration.toSeconds() + "s";
        }
        if (duration.toMinutesPart() != 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toHoursPart() != 0 ? duration.toHours() + "h" : duration.toDays() + "d";
    }

    /** As a person reads it, without parts of a second: {@code 41 s}, {@code 10 min}, {@code 10 min 5 s}. */
    public static String words(Duration duration) {
        long minutes = duration.toMinutes();
        String seconds = duration.toSecondsPart() + " s";
        if (minutes == 0) {
            return seconds;
        }
        return minutes + " min" + (duration.toSecondsPart() == 0 ? "" : " " + seconds);
    }

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
