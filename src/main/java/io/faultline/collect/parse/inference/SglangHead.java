package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.ParseContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The head of SGLang's own lines: {@code [2026-03-01 10:00:00 DP5 TP5 EP5] }, in 2024 {@code [10:00:00 TP0] } or
 * {@code [gpu=0] }.
 *
 * @param ranks {@code DP5 TP5 EP5}; empty where there are none
 * @param end where the text begins
 */
record SglangHead(@Nullable Instant timestamp, String ranks, int end) {

    private static final String[] PARALLEL = {
        "DP", "TP", "PP", "EP", "CP", "ATTN_TP", "ATTN_DP", "ATTN_CP", "MOE_DP", "MOE_EP", "MOE_TP", "DCP"
    };

    static @Nullable SglangHead read(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        if (!cursor.take('[')) {
            return null;
        }
        if (cursor.take("gpu=") || cursor.take("gpu_id=")) {
            long gpu = cursor.number();
            return gpu >= 0 && cursor.take("] ") ? new SglangHead(null, "gpu" + gpu, cursor.position()) : null;
        }
        int start = cursor.position();
        Instant time = context.timestamps().iso(cursor);
        boolean whole = time != null && cursor.position() == start + 19;
        if (time == null) {
            time = clock(cursor, context.observed());
        } else if (!whole) {
            return null;
        }
        if (time == null) {
            return null;
        }
        int from = cursor.position();
        while (cursor.take(' ')) {
            if (!rank(cursor)) {
                return null;
            }
        }
        int to = cursor.position();
        if (!cursor.take("] ")) {
            return null;
        }
        return new SglangHead(time, to > from ? text.substring(from + 1, to) : "", cursor.position());
    }

    private static boolean rank(Cursor cursor) {
        for (String name : PARALLEL) {
            int before = cursor.position();
            if (cursor.take(name) && cursor.number() >= 0) {
                return true;
            }
            cursor.position(before);
        }
        return false;
    }

    /** A time without a date is the latest such time that is at most a minute after the record was seen. */
    private static @Nullable Instant clock(Cursor cursor, Instant observed) {
        int hour = cursor.digits(2);
        int minute = hour >= 0 && cursor.take(':') ? cursor.digits(2) : -1;
        int second = minute >= 0 && cursor.take(':') ? cursor.digits(2) : -1;
        if (second < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        Instant latest = observed.plus(Duration.ofMinutes(1));
        Instant time = latest.atOffset(ZoneOffset.UTC)
                .with(LocalTime.of(hour, minute, second))
                .toInstant();
        return time.isAfter(latest) ? time.minus(Duration.ofDays(1)) : time;
    }
}
