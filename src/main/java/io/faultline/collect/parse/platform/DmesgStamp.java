package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.ParseContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What dmesg writes in brackets before a text, and the thread that some kernels write behind it.
 *
 * @param timestamp null where the brackets hold the time since boot
 * @param loose a number of another precision than the kernel's: others write such numbers too
 * @param end where the text begins
 */
record DmesgStamp(@Nullable Instant timestamp, boolean loose, int end) {

    static @Nullable DmesgStamp read(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, 1);
        boolean delta = cursor.spaces().take('+');
        Instant time = null;
        boolean loose = false;
        long seconds = cursor.number();
        if (seconds >= 0) {
            boolean fraction = cursor.take('.');
            int digits = cursor.position();
            loose = fraction ? cursor.number() < 0 || cursor.position() - digits != 6 : !delta;
            // No machine runs for 31 years: that is the time of day in seconds since 1970.
            loose |= seconds >= 1_000_000_000L;
        } else {
            cursor.position(1);
            time = context.timestamps().weekday(cursor);
            if (time == null) {
                time = minute(cursor, context);
            }
            if (time == null) {
                return null;
            }
        }
        // dmesg --show-delta: "[12345.678901 <    0.000012>]".
        if (cursor.take(" <") && cursor.until('>') == null) {
            return null;
        }
        if (!cursor.take(']')) {
            return null;
        }
        cursor.spaces();
        int thread = cursor.position();
        boolean threadTag = cursor.take('[')
                && (cursor.spaces().take('T') || cursor.take('C'))
                && cursor.number() >= 0
                && cursor.take(']');
        if (!threadTag) {
            cursor.position(thread);
        }
        return new DmesgStamp(time, loose, cursor.spaces().position());
    }

    /** {@code Feb23 16:24}, as {@code dmesg -H} writes where the minute changes. */
    private static @Nullable Instant minute(Cursor cursor, ParseContext context) {
        String date = cursor.word();
        int digits = date.length();
        while (digits > 0 && date.charAt(digits - 1) >= '0' && date.charAt(digits - 1) <= '9') {
            digits--;
        }
        String clock = cursor.take(' ') ? cursor.textFrom(cursor.position(), 5) : "";
        if (digits == date.length() || digits < 2 || clock.length() < 5) {
            return null;
        }
        String written = date.substring(0, digits) + ' ' + date.substring(digits) + ' ' + clock + ":00";
        cursor.position(cursor.position() + clock.length());
        return context.timestamps().syslog(new Cursor(written), context.observed());
    }
}
