package io.faultline.collect.decode.envelope;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The times that envelopes write: RFC 3339, and numbers since 1970 in any unit. */
final class EnvelopeTimes {

    private static final long BILLION = 1_000_000_000L;

    private EnvelopeTimes() {}

    /** Null where it is no time. */
    static @Nullable Instant of(@Nullable String written, Timestamps timestamps) {
        if (written == null || written.length() < 8 || written.length() > 40) {
            return null;
        }
        Instant time =
                written.charAt(4) == '-' || written.charAt(4) == '/' ? timestamps.iso(new Cursor(written)) : null;
        return time != null ? time : number(written);
    }

    /** {@code 1772359200}, {@code 1772359200.123456789}, {@code 1772359200123} and so on to nanoseconds, without a rounding error. */
    static @Nullable Instant number(String written) {
        int dot = written.indexOf('.');
        int end = dot < 0 ? written.length() : dot;
        long whole = digits(written, 0, end);
        if (whole < 0 || end > 19) {
            return exponent(written);
        }
        if (dot >= 0) {
            int decimals = Math.min(9, written.length() - dot - 1);
            long fraction = digits(written, dot + 1, dot + 1 + decimals);
            for (int i = decimals; i < 9 && fraction > 0; i++) {
                fraction *= 10;
            }
            if (fraction >= 0 && end <= 11) {
                return instant(whole, fraction);
            }
        }
        // By its size: below 1e11 seconds is the year 5138; 1e11 milliseconds is 1973.
        if (whole < 100_000_000_000L) {
            return instant(whole, 0);
        }
        long unit = whole < 100_000_000_000_000L ? 1_000 : whole < 100_000_000_000_000_000L ? 1_000_000 : BILLION;
        return instant(whole / unit, whole % unit * (BILLION / unit));
    }

    private static @Nullable Instant exponent(String written) {
        try {
            return Timestamps.epoch(Double.parseDouble(written));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** 0 stands for a time that is not known. */
    private static @Nullable Instant instant(long seconds, long nanos) {
        try {
            return seconds == 0 ? null : Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static long digits(String text, int from, int end) {
        long value = 0;
        if (end <= from || end - from > 19 || end > text.length()) {
            return -1;
        }
        for (int i = from; i < end; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
