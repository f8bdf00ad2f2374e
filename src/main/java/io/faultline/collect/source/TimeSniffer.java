package io.faultline.collect.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Locale;

/**
 * Finds the time near the start of a line, good enough to bring the lines of several files into one order. It knows the
 * shapes that most AI logs write and guesses nothing else; the exact time of an event is the parsers' business.
 */
final class TimeSniffer {

    /** No time was found. */
    static final long NONE = Long.MIN_VALUE;

    /** Prefixes (rank, process, host) stand before the time, Ray's with the names of application and deployment. */
    private static final int REACH = 120;

    /** What shippers write as JSON has its time among the first keys. */
    private static final int REACH_IN_JSON = 400;

    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;

    private final long latest;
    private final ZoneRules zone;
    private long hourOfOffset = Long.MIN_VALUE;
    private long offset;

    /**
     * @param lastChange when the file was last written, in epoch milliseconds: no line of it is a day younger
     * @param zone of times that are written without one
     */
    TimeSniffer(long lastChange, ZoneId zone) {
        this.latest = lastChange + DAY;
        this.zone = zone.getRules();
    }

    /** Epoch milliseconds, or {@link #NONE}. */
    long sniff(byte[] line) {
        boolean json = line.length > 0 && line[0] == '{';
        int end = Math.min(line.length, json ? REACH_IN_JSON : REACH);
        for (int i = 0; i + 8 < end; i++) {
            byte c = line[i];
            if (c >= '0' && c <= '9') {
                int stop = i + 1;
                while (stop < end && line[stop] >= '0' && line[stop] <= '9') {
                    stop++;
                }
                long time = numeric(line, i, stop - i);
                if (time != NONE) {
                    return isHead(line, i) ? time : NONE;
                }
                i = stop - 1;
            } else if (c >= 'A' && c <= 'Z' && (i == 0 || !isLetterOrDigit(line[i - 1]))) {
                long time = isGlogLevel(c) ? glog(line, i) : NONE;
                time = time == NONE ? syslog(line, i) : time;
                if (time != NONE) {
                    return isHead(line, i) ? time : NONE;
                }
            }
        }
        return NONE;
    }

    private long numeric(byte[] line, int at, int digits) {
        return switch (digits) {
            case 2 -> line[at + 2] == '/' ? monthFirst(line, at) : monthDay(line, at);
            case 4 -> iso(line, at);
            case 10, 13, 16, 19 -> epoch(line, at, digits);
            default -> NONE;
        };
    }

    /**
     * Whether only prefixes stand before a position: a text that mentions a time ({@code lease until 2026-…}) must not move
     * its file in the order. Prefixes have their small letters in brackets, or end with a bar, a colon or an equals sign.
     */
    private static boolean isHead(byte[] line, int at) {
        if (at == 0 || line[0] == '{' || line[at - 1] == '=' || (at > 1 && line[at - 2] == '=')) {
            return true;
        }
        if (at > 1 && (line[at - 2] == '|' || line[at - 2] == ':') && line[at - 1] == ' ') {
            return true;
        }
        int depth = 0;
        for (int i = 0; i < at; i++) {
            byte c = line[i];
            depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
            if (depth == 0 && c >= 'a' && c <= 'z') {
                return false;
            }
        }
        return true;
    }

    /** {@code 2026-03-01T10:00:00}, with a blank or {@code T}, a fraction and a zone where they are written. */
    private long iso(byte[] line, int at) {
        if (at + 19 > line.length || line[at + 4] != line[at + 7] || (line[at + 4] != '-' && line[at + 4] != '/')) {
            return NONE;
        }
        if (line[at + 10] != ' ' && line[at + 10] != 'T') {
            return NONE;
        }
        // GIN: 2026/03/01 - 10:00:00
        long seconds = clock(line, line[at + 11] == '-' && line[at + 12] == ' ' ? at + 13 : at + 11);
        long time = time(number(line, at, 4), number(line, at + 5, 2), number(line, at + 8, 2), seconds);
        if (time == NONE) {
            return NONE;
        }
        int next = at + 19;
        if (next + 3 < line.length && (line[next] == '.' || line[next] == ',') && number(line, next + 1, 3) >= 0) {
            time += number(line, next + 1, 3);
            next += 4;
            while (next < line.length && line[next] >= '0' && line[next] <= '9') {
                next++;
            }
        }
        return sane(hasZone(line, next) ? time - zone(line, next) : local(time));
    }

    /** {@code 03/01/2026-10:00:00}: TensorRT-LLM. */
    private long monthFirst(byte[] line, int at) {
        if (at + 19 > line.length || line[at + 5] != '/' || line[at + 10] != '-') {
            return NONE;
        }
        return sane(local(
                time(number(line, at + 6, 4), number(line, at, 2), number(line, at + 3, 2), clock(line, at + 11))));
    }

    /** Seconds, milliseconds, microseconds or nanoseconds since 1970, as the value of a key that ends like a time. */
    private long epoch(byte[] line, int at, int digits) {
        int end = at - 1;
        while (end > 0 && (line[end] == '"' || line[end] == ' ' || line[end] == ':')) {
            end--;
        }
        if (at - end < 3 || !isTimeKey(new String(line, Math.max(0, end - 15), Math.min(16, end + 1), ISO_8859_1))) {
            return NONE;
        }
        long time = 0;
        for (int i = at; i < at + Math.min(digits, 13); i++) {
            time = time * 10 + line[i] - '0';
        }
        return sane(digits == 10 ? time * 1000 : time);
    }

    private static boolean isTimeKey(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.endsWith("ts")
                || lower.endsWith("time")
                || lower.endsWith("timestamp")
                || lower.endsWith("time_ms")
                || lower.endsWith("unixnano");
    }

    /** {@code INFO 03-01 10:00:00}: vLLM. */
    private long monthDay(byte[] line, int at) {
        if (at < 5 || at + 14 > line.length || line[at + 2] != '-' || line[at + 5] != ' ' || line[at - 1] != ' ') {
            return NONE;
        }
        if (line[at - 2] < 'A' || line[at - 2] > 'Z') {
            return NONE;
        }
        return withoutYear(number(line, at, 2), number(line, at + 3, 2), clock(line, at + 6));
    }

    /** {@code E810 03:04:11} of PyTorch, month not padded, and {@code E0810 03:04:11} of glog and klog. */
    private long glog(byte[] line, int at) {
        int space = at + 1;
        while (space < line.length && space < at + 6 && line[space] >= '0' && line[space] <= '9') {
            space++;
        }
        int digits = space - at - 1;
        if ((digits != 3 && digits != 4) || space + 9 > line.length || line[space] != ' ') {
            return NONE;
        }
        int monthAndDay = number(line, at + 1, digits);
        return withoutYear(monthAndDay / 100, monthAndDay % 100, clock(line, space + 1));
    }

    /** {@code Mar  1 10:00:00}; {@code dmesg -T} adds the year behind it, Fabric Manager before the clock. */
    private long syslog(byte[] line, int at) {
        if (at + 15 > line.length || line[at + 3] != ' ' || line[at + 6] != ' ') {
            return NONE;
        }
        int month = month(line[at], line[at + 1], line[at + 2]);
        int day = line[at + 4] == ' ' ? number(line, at + 5, 1) : number(line, at + 4, 2);
        if (at + 20 <= line.length && line[at + 11] == ' ') {
            return sane(local(time(number(line, at + 7, 4), month, day, clock(line, at + 12))));
        }
        long seconds = clock(line, at + 7);
        if (at + 21 <= line.length && line[at + 15] == ' ' && line[at + 20] == ']') {
            return sane(local(time(number(line, at + 16, 4), month, day, seconds)));
        }
        return withoutYear(month, day, seconds);
    }

    /** The latest year that does not lie more than a day behind the file's last change. */
    private long withoutYear(int month, int day, long seconds) {
        long year = LocalDate.ofEpochDay(Math.floorDiv(latest, DAY)).getYear();
        for (int back = 0; back < 8; back++) {
            long time = local(time((int) year - back, month, day, seconds));
            if (time != NONE && time <= latest) {
                return time;
            }
        }
        return NONE;
    }

    /** A time of the zone, which was read as one of UTC, in UTC. Offsets are looked up once an hour. */
    private long local(long time) {
        if (time == NONE) {
            return NONE;
        }
        long hour = Math.floorDiv(time, HOUR);
        if (hour != hourOfOffset) {
            hourOfOffset = hour;
            LocalDateTime written = LocalDateTime.ofEpochSecond(hour * 3_600, 0, ZoneOffset.UTC);
            offset = zone.getOffset(written).getTotalSeconds() * 1_000L;
        }
        return time - offset;
    }

    private long sane(long time) {
        return time <= latest ? time : NONE;
    }

    private static long time(int year, int month, int day, long secondOfDay) {
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysOf(month, year) || secondOfDay < 0) {
            return NONE;
        }
        // days from civil: Howard Hinnant, http://howardhinnant.github.io/date_algorithms.html
        int shifted = month <= 2 ? year - 1 : year;
        int era = shifted / 400;
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365L + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return (era * 146_097L + dayOfEra - 719_468L) * DAY + secondOfDay * 1000;
    }

    private static int daysOf(int month, int year) {
        if (month == 2) {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    /** Seconds of the day of {@code HH:MM:SS}, or -1. */
    private static long clock(byte[] line, int at) {
        if (at + 8 > line.length || line[at + 2] != ':' || line[at + 5] != ':') {
            return -1;
        }
        int hours = number(line, at, 2);
        int minutes = number(line, at + 3, 2);
        int seconds = number(line, at + 6, 2);
        boolean fits = hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds <= 60;
        return fits ? hours * 3600L + minutes * 60L + seconds : -1;
    }

    private static boolean hasZone(byte[] line, int at) {
        return at < line.length && (line[at] == 'Z' || line[at] == '+' || line[at] == '-');
    }

    /** Milliseconds ahead of UTC of {@code +08:00} or {@code +0800}; 0 for anything else. */
    private static long zone(byte[] line, int at) {
        if (at + 5 > line.length || (line[at] != '+' && line[at] != '-')) {
            return 0;
        }
        int hours = number(line, at + 1, 2);
        int minutes =
                line[at + 3] != ':' ? number(line, at + 3, 2) : at + 6 <= line.length ? number(line, at + 4, 2) : -1;
        if (hours < 0 || hours > 14 || minutes < 0) {
            return 0;
        }
        long ahead = (hours * 60L + minutes) * 60_000L;
        return line[at] == '-' ? -ahead : ahead;
    }

    private static int number(byte[] line, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = line[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static int month(byte a, byte b, byte c) {
        int at = "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf("" + (char) a + (char) b + (char) c);
        return at >= 0 && at % 3 == 0 ? at / 3 + 1 : 0;
    }

    private static boolean isGlogLevel(byte c) {
        return c == 'I' || c == 'W' || c == 'E' || c == 'F';
    }

    private static boolean isLetterOrDigit(byte c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
