package io.faultline.collect.parse.user;

import com.google.re2j.Pattern;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a captured time by the file's own layout, or in any of the shapes that Faultline knows. */
final class WrittenTime {

    private final @Nullable DateTimeFormatter layout;
    private final @Nullable Timestamps own;
    private final ZoneId zone;

    /**
     * @param zoneElsewhere of times whose zone neither they nor the file tell
     */
    WrittenTime(ParserDefinition.TimeShape shape, ZoneId zoneElsewhere) {
        layout = shape.layout().isEmpty() ? null : layout(shape.layout());
        zone = shape.zone().isEmpty() ? zoneElsewhere : ZoneId.of(shape.zone()).normalized();
        own = shape.zone().isEmpty() ? null : new Timestamps(zone);
    }

    /** @throws IllegalArgumentException where it is none */
    static DateTimeFormatter layout(String letters) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(letters)
                .toFormatter(Locale.ENGLISH);
    }

    /** An RE2 pattern that finds what the layout reads. */
    static String regex(String letters) {
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < letters.length()) {
            char c = letters.charAt(i);
            int end = i + 1;
            if (c == '\'') {
                int close = letters.indexOf('\'', end);
                end = close < 0 ? letters.length() : close + 1;
                String text = close == i + 1 ? "'" : letters.substring(i + 1, end - 1);
                regex.append(Pattern.quote(text));
            } else if (Character.isLetter(c)) {
                while (end < letters.length() && letters.charAt(end) == c) {
                    end++;
                }
                regex.append(letter(c, end - i));
            } else {
                regex.append(c == '[' ? "(?:" : c == ']' ? ")?" : Pattern.quote(String.valueOf(c)));
            }
            i = end;
        }
        return regex.toString();
    }

    private static String letter(char letter, int count) {
        return switch (letter) {
            case 'E', 'e', 'c', 'G', 'B' -> "[A-Za-z]+\\.?";
            case 'a' -> "[AaPp]\\.?[Mm]\\.?";
            case 'M', 'L' -> count > 2 ? "[A-Za-z]+\\.?" : count == 2 ? "\\d{2}" : "\\d{1,2}";
            case 'X', 'x', 'Z', 'O' -> "(?:Z|(?:GMT)?[-+]\\d{1,2}(?::?\\d{2}){0,2})";
            case 'z', 'V', 'v' -> "[A-Za-z][\\w/+\\-:]*";
            default -> count == 1 ? "\\d+" : "\\d{" + count + "}";
        };
    }

    @Nullable
    Instant read(String text, ParseContext context) {
        return layout == null ? known(text, context) : byLayout(layout, text, context.observed());
    }

    private @Nullable Instant known(String text, ParseContext context) {
        Timestamps timestamps = own == null ? context.timestamps() : own;
        Cursor cursor = new Cursor(text);
        Instant time = timestamps.iso(cursor);
        time = time != null ? time : timestamps.monthDay(cursor, context.observed());
        time = time != null ? time : timestamps.syslog(cursor, context.observed());
        time = time != null ? time : timestamps.weekday(cursor);
        if (time != null) {
            return time;
        }
        Double number = Quantities.number(text, "", "");
        return number == null || number < 1e8 ? null : Timestamps.epoch(number);
    }

    private @Nullable Instant byLayout(DateTimeFormatter formatter, String text, Instant observed) {
        try {
            return instant(formatter.parse(text), observed);
        } catch (DateTimeException e) {
            return null; // the pattern takes more than the layout; the record then has no time of its own
        }
    }

    private @Nullable Instant instant(TemporalAccessor read, Instant observed) {
        if (read.isSupported(ChronoField.INSTANT_SECONDS)) {
            return Instant.from(read);
        }
        ZoneId written = read.query(TemporalQueries.zone());
        ZoneId where = written == null ? zone : written;
        LocalTime clock = read.query(TemporalQueries.localTime());
        LocalTime time = clock == null ? LocalTime.MIDNIGHT : clock;
        LocalDate date = read.query(TemporalQueries.localDate());
        if (date != null) {
            return date.atTime(time).atZone(where).toInstant();
        }
        // A day ahead at most: clocks and zones differ.
        ZonedDateTime latest = observed.plusSeconds(86_400).atZone(where);
        if (!read.isSupported(ChronoField.MONTH_OF_YEAR)) {
            ZonedDateTime today = latest.minusDays(1).with(time);
            return (today.toInstant().isAfter(observed.plusSeconds(3_600)) ? today.minusDays(1) : today).toInstant();
        }
        MonthDay day = MonthDay.from(read);
        for (int year = latest.getYear(); year > latest.getYear() - 9; year--) {
            Instant candidate = day.isValidYear(year)
                    ? day.atYear(year).atTime(time).atZone(where).toInstant()
                    : Instant.MAX;
            if (!candidate.isAfter(latest.toInstant())) {
                return candidate;
            }
        }
        return null;
    }

    /** UTC where nothing else is known, as when a file is checked. */
    static WrittenTime inUtc(ParserDefinition.TimeShape shape) {
        return new WrittenTime(shape, ZoneOffset.UTC);
    }
}
