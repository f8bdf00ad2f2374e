package io.faultline.detect.match.graph;

import io.faultline.settings.SettingsReader;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** A time as graphs write it: {@code {"unit": "MINUTES", "size": 10}}. */
final class GraphTime {

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "DAYS", ChronoUnit.DAYS,
            "HOURS", ChronoUnit.HOURS,
            "MINUTES", ChronoUnit.MINUTES,
            "SECONDS", ChronoUnit.SECONDS,
            "MILLISECONDS", ChronoUnit.MILLIS);

    private GraphTime() {}

    /** Zero where there is none. */
    static Duration read(SettingsReader around, String key) {
        SettingsReader time = around.group(key);
        int size = time.number("size", 0, 1, Integer.MAX_VALUE);
        ChronoUnit unit = UNITS.get(time.text("unit", "SECONDS"));
        if (unit == null) {
            time.problem("unit", "is none of DAYS, HOURS, MINUTES, SECONDS, MILLISECONDS");
            return Duration.ZERO;
        }
        return Duration.of(size, unit);
    }
}
