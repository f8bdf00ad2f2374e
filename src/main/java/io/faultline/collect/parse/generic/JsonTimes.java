package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as JSON loggers write them: ISO, or a number since 1970 whose size tells its unit. */
final class JsonTimes {

    private static final long BILLION = 1_000_000_000;

    private JsonTimes() {}

    static @Nullable Instant of(String written, Timestamps timestamps) {
        Instant time = timestamps.iso(new Cursor(written));
        return time != null || written.isEmpty() || written.length() > 30 ? time : epoch(written);
    }

    /** log4j's and Google's pairs of seconds and nanoseconds. */
    static @Nullable Instant ofParts(JsonFields fields) {
        String seconds = first(fields.get("instant.epochSecond"), fields.get("timestamp.seconds"));
        String nanos = first(fields.get("instant.nanoOfSecond"), fields.get("timestamp.nanos"));
        if (seconds == null) {
            return null;
        }
        long whole = new Cursor(seconds).number();
        long part = nanos == null ? 0 : new Cursor(nanos).number();
        return whole < 0 || whole > 100 * BILLION || part < 0 || part >= BILLION
                ? null
                : Instant.ofEpochSecond(whole, part);
    }

    /** To the digit, which a double would not keep of nanoseconds. */
    static @Nullable Instant epoch(String written) {
        Cursor cursor = new Cursor(written);
        long whole = longNumber(cursor);
        if (whole < 0) {
            return null;
        }
        // Below 1e11 seconds is the year 5138; 1e11 milliseconds is 1973.
        long perSecond = whole < 100_000_000_000L
                ? 1
                : whole < 100_000_000_000_000L ? 1_000 : whole < 100_000_000_000_000_000L ? 1_000_000 : BILLION;
        long nanos = whole % perSecond * (BILLION / perSecond);
        if (cursor.take('.')) {
            int from = cursor.position();
            while (!cursor.atEnd() && cursor.position() - from < 9 && Character.isDigit(cursor.peek())) {
                cursor.take(cursor.peek());
            }
            nanos += fraction(written, from, cursor.position(), BILLION / perSecond);
            while (Character.isDigit(cursor.peek())) {
                cursor.take(cursor.peek());
            }
        }
        if (cursor.peek() == 'e' || cursor.peek() == 'E') {
            return exponent(written);
        }
        try {
            return cursor.atEnd() ? Instant.ofEpochSecond(whole / perSecond, nanos) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** {@code 1.7723592e9}, as some encoders write a double. */
    private static @Nullable Instant exponent(String written) {
        try {
            return Timestamps.epoch(Double.parseDouble(written));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Of up to 19 digits. */
    private static long longNumber(Cursor cursor) {
        long high = cursor.number();
        if (high >= 0) {
            return high;
        }
        int before = cursor.position();
        int nineteen = 0;
        long value = 0;
        while (nineteen < 19 && Character.isDigit(cursor.peek())) {
            value = value * 10 + (cursor.peek() - '0');
            cursor.take(cursor.peek());
            nineteen++;
        }
        boolean fits = nineteen == 19 && value > 0 && !Character.isDigit(cursor.peek());
        if (!fits) {
            cursor.position(before);
        }
        return fits ? value : -1;
    }

    private static long fraction(String text, int from, int to, long scale) {
        long value = 0;
        long unit = scale;
        for (int i = from; i < to; i++) {
            value += (text.charAt(i) - '0') * unit / 10;
            unit /= 10;
        }
        return value;
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one != null ? one : other;
    }
}
