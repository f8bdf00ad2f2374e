package io.faultline.collect.parse.format;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads the times that logs write. Every method moves the cursor behind the time, or leaves it and returns null where no
 * such time is written there. Times without a zone are of the zone that was set; times without a year are the latest
 * candidate that is at most one day after the record was seen.
 */
public final class Timestamps {

    private static final long ONE_DAY = 86_400;
    private static final int[] NANOS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    private final ZoneId zone;

    public Timestamps(ZoneId zone) {
        this.zone = zone;
    }

    /** {@code 2026-03-01 10:00:00}, between them a blank, T or _; a fraction after dot or comma; a zone or none. */
    @Nullable
    public Instant iso(Cursor cursor) {
        int start = cursor.position();
        int year = cursor.digits(4);
        boolean shape = year >= 0 && (cursor.take('-') || cursor.take('/'));
        int month = shape ? cursor.digits(2) : -1;
        shape = month >= 0 && (cursor.take('-') || cursor.take('/'));
        int day = shape ? cursor.digits(2) : -1;
        if (day < 0 || !(cursor.take(' ') || cursor.take('T') || cursor.take('_'))) {
            cursor.position(start);
            return null;
        }
        LocalTime time = clock(cursor);
        Instant instant = time == null ? null : inZone(year, month, day, time, offset(cursor));
        return moved(cursor, start, instant);
    }

    /** {@code 03-01 10:00:00}, as vLLM writes it. */
    @Nullable
    public Instant monthDay(Cursor cursor, Instant observed) {
        int start = cursor.position();
        int month = cursor.digits(2);
        int day = month >= 0 && cursor.take('-') ? cursor.digits(2) : -1;
        LocalTime time = day >= 0 && cursor.take(' ') ? clock(cursor) : null;
        return moved(cursor, start, time == null ? null : nearest(month, day, time, observed));
    }

    /**
     * {@code 810 03:04:11.061727749} or {@code 0810 …}: month * 100 + day as a number, which c10 prints without the zero
     * before the month and glog with it.
     */
    @Nullable
    public Instant glog(Cursor cursor, Instant observed) {
        int start = cursor.position();
        long date = cursor.number();
        int length = cursor.position() - start;
        LocalTime time = date >= 0 && (length == 3 || length == 4) && cursor.take(' ') ? clock(cursor) : null;
        Instant instant = time == null ? null : nearest((int) date / 100, (int) date % 100, time, observed);
        return moved(cursor, start, instant);
    }

    /** {@code Mar  1 10:00:00} with the month in any of the languages of {@link Months}; a year behind the day is taken. */
    @Nullable
    public Instant syslog(Cursor cursor, Instant observed) {
        int start = cursor.position();
        int month = Months.of(cursor.word());
        int day = month > 0 && cursor.take(' ') ? (int) cursor.spaces().number() : -1;
        if (day < 1 || day > 31 || !cursor.take(' ')) {
            cursor.position(start);
            return null;
        }
        int beforeYear = cursor.position();
        int year = cursor.digits(4);
        if (year >= 0 && !cursor.take(' ')) {
            cursor.position(beforeYear);
            year = -1;
        }
        LocalTime time = clock(cursor);
        Instant instant = time == null
                ? null
                : year >= 0 ? inZone(year, month, day, time, null) : nearest(month, day, time, observed);
        return moved(cursor, start, instant);
    }

    /** {@code Sun Feb 23 16:24:18 2025}, as {@code dmesg -T} writes it. */
    @Nullable
    public Instant weekday(Cursor cursor) {
        int start = cursor.position();
        String weekday = cursor.word();
        int month = !weekday.isEmpty() && cursor.take(' ')
                ? Months.of(cursor.spaces().word())
                : 0;
        int day = month > 0 ? (int) cursor.spaces().number() : -1;
        LocalTime time = day >= 1 && day <= 31 && cursor.take(' ') ? clock(cursor) : null;
        int year = time != null && cursor.take(' ') ? cursor.digits(4) : -1;
        return moved(cursor, start, year < 0 || time == null ? null : inZone(year, month, day, time, null));
    }

    /** A number since 1970 in seconds, milli-, micro- or nanoseconds, told apart by its size. */
    public static @Nullable Instant epoch(double number) {
        // Below 1e11 seconds is the year 5138; 1e11 milliseconds is 1973.
        double seconds =
                number < 1e11 ? number : number < 1e14 ? number / 1e3 : number < 1e17 ? number / 1e6 : number / 1e9;
        if (!(seconds >= 0) || seconds > 1e11) {
            return null;
        }
        long whole = (long) seconds;
        return Instant.ofEpochSecond(whole, Math.round((seconds - whole) * 1e6) * 1000);
    }

    private static @Nullable Instant moved(Cursor cursor, int start, @Nullable Instant instant) {
        if (instant == null) {
            cursor.position(start);
        }
        return instant;
    }

    /** {@code 10:00:00} and a fraction after dot or comma. */
    private static @Nullable LocalTime clock(Cursor cursor) {
        int hour = cursor.digits(2);
        int minute = hour >= 0 && cursor.take(':') ? cursor.digits(2) : -1;
        int second = minute >= 0 && cursor.take(':') ? cursor.digits(2) : -1;
        if (second < 0 || hour > 23 || minute > 59 || second > 60) {
            return null;
        }
        return LocalTime.of(hour, minute, Math.min(second, 59), fraction(cursor));
    }

    private static int fraction(Cursor cursor) {
        int before = cursor.position();
        if (!cursor.take('.') && !cursor.take(',')) {
            return 0;
        }
        int from = cursor.position();
        long digits = cursor.number();
        int length = cursor.position() - from;
        if (digits < 0 || length > 9) {
            cursor.position(before);
            return 0;
        }
        return (int) digits * NANOS[length];
    }

    /** {@code Z}, {@code +08:00} or {@code +0800}; null where none is written. */
    private static @Nullable ZoneOffset offset(Cursor cursor) {
        if (cursor.take('Z')) {
            return ZoneOffset.UTC;
        }
        int start = cursor.position();
        boolean minus = cursor.peek() == '-';
        if (!cursor.take('-') && !cursor.take('+')) {
            return null;
        }
        int hours = cursor.digits(2);
        cursor.take(':');
        int minutes = hours < 0 ? -1 : cursor.digits(2);
        if (minutes < 0 || hours > 17 || minutes > 59) {
            cursor.position(start);
            return null;
        }
        int seconds = hours * 3600 + minutes * 60;
        return ZoneOffset.ofTotalSeconds(minus ? -seconds : seconds);
    }

    private @Nullable Instant inZone(int year, int month, int day, LocalTime time, @Nullable ZoneOffset offset) {
        if (month < 1 || month > 12 || day < 1 || day > lengthOf(month, year)) {
            return null;
        }
        ZoneId where = offset != null ? offset : zone;
        LocalDate date = LocalDate.of(year, month, day);
        if (where instanceof ZoneOffset fixed) {
            long midnight = date.toEpochDay() * ONE_DAY - fixed.getTotalSeconds();
            return Instant.ofEpochSecond(midnight, time.toNanoOfDay());
        }
        return LocalDateTime.of(date, time).atZone(where).toInstant();
    }

    private @Nullable Instant nearest(int month, int day, LocalTime time, Instant observed) {
        Instant latest = observed.plusSeconds(ONE_DAY);
        int year = LocalDate.ofInstant(latest, zone).getYear();
        // Eight years back find a 29 February even around 1900 and 2100.
        for (int candidate = year; candidate >= year - 8; candidate--) {
            Instant instant = inZone(candidate, month, day, time, null);
            if (instant != null && !instant.isAfter(latest)) {
                return instant;
            }
        }
        return null;
    }

    private static int lengthOf(int month, int year) {
        return switch (month) {
            case 2 -> Year.isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }
}
