package io.faultline.model;

import java.time.Instant;

/** Moments: which of two comes first, as {@link Math#min} says it of numbers, and when a timer fires for one. */
public final class Instants {

    private Instants() {}

    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** In milliseconds, rounded up, so that a timer never fires a fraction of one early. */
    public static long timerFor(Instant instant) {
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(instant) ? millis + 1 : millis;
    }
}
