package io.faultline.respond.control;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A time of the week by the clock of a place: what changes to summer time there changes with it.
 *
 * @param days the days on which it begins
 * @param from when it begins
 * @param to when it ends; on the next day where that is not after {@code from}
 * @param zone whose clock
 */
public record Weekly(List<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) implements Serializable {

    public Weekly {
        days = List.copyOf(days);
    }

    /** Reads {@code days: [sat, sun], from: "02:00", to: "04:00", time-zone: Asia/Shanghai}; null where anything is wrong. */
    static @Nullable Weekly read(SettingsReader reader, boolean isThere) {
        List<DayOfWeek> days = new ArrayList<>();
        for (String day : reader.texts("days", List.of())) {
            DayOfWeek found = day(day);
            if (found == null) {
                reader.problem("days", "\"" + day + "\" is no day; write mon, tue, wed, thu, fri, sat or sun");
            } else {
                days.add(found);
            }
        }
        LocalTime from = time(reader, "from", isThere);
        LocalTime to = time(reader, "to", isThere);
        ZoneId zone = zone(reader);
        if (days.isEmpty() && isThere) {
            reader.problem("days", "needs at least one day");
        }
        return days.isEmpty() || from == null || to == null || zone == null ? null : new Weekly(days, from, to, zone);
    }

    public boolean contains(Instant now) {
        ZonedDateTime there = now.atZone(zone);
        LocalTime time = there.toLocalTime();
        boolean overnight = !to.isAfter(from);
        if (!overnight) {
            return days.contains(there.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(to);
        }
        return (days.contains(there.getDayOfWeek()) && !time.isBefore(from))
                || (days.contains(there.getDayOfWeek().minus(1)) && time.isBefore(to));
    }

    private static @Nullable DayOfWeek day(String text) {
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            if (name.equals(text) || name.substring(0, 3).equals(text)) {
                return day;
            }
        }
        return null;
    }

    private static @Nullable LocalTime time(SettingsReader reader, String key, boolean isThere) {
        String text = reader.text(key, "");
        if (text.isEmpty()) {
            if (isThere) {
                reader.problem(key, "is missing; write it as \"02:00\"");
            }
            return null;
        }
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            reader.problem(key, "\"" + text + "\" is no time of the day; write it as \"02:00\"");
            return null;
        }
    }

    private static @Nullable ZoneId zone(SettingsReader reader) {
        String text = reader.text("time-zone", "UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            reader.problem("time-zone", "\"" + text + "\" is no time zone; write it as Asia/Shanghai or UTC");
            return null;
        }
    }
}
