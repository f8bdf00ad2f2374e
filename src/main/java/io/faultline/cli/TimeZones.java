package io.faultline.cli;

import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The zone of times that are written without one. */
final class TimeZones {

    static final String OPTION = "--time-zone";

    private TimeZones() {}

    /** The zone with a name as {@code UTC}, {@code Europe/Berlin} or {@code +02:00}; UTC where it is wrong. */
    static ZoneId read(String name, Problems problems) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            String hint = NearestWord.hint(name, ZoneId.getAvailableZoneIds());
            problems.add(OPTION, "\"" + name + "\" is no time zone as UTC, Europe/Berlin or +02:00" + hint);
            return ZoneOffset.UTC;
        }
    }
}
