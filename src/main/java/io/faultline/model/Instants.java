package io.faultline.model;

import java.time.Instant;

/** Which of two moments comes first, where {@link Math#min} would say it of numbers. */
public final class Instants {

    private Instants() {}

    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
