package io.faultline.respond.notify;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;

/**
 * How hard a delivery is tried.
 *
 * @param timeout the longest that connecting or waiting for an answer may take
 * @param maxAttempts how often it is tried, the first time included
 * @param firstPause the pause after the first attempt; each later one is twice as long
 * @param maxPause the longest pause, also where the receiver asked for more
 * @param fallbackAfter after how long another receiver is told, where one stands in
 * @param digestAfter how long a notice waits to be told by itself, where there are more than the receiver takes
 */
public record DeliverySettings(
        Duration timeout,
        int maxAttempts,
        Duration firstPause,
        Duration maxPause,
        Duration fallbackAfter,
        Duration digestAfter)
        implements Serializable {

    public DeliverySettings(Duration timeout, int maxAttempts, Duration firstPause, Duration maxPause) {
        this(timeout, maxAttempts, firstPause, maxPause, Duration.ofSeconds(60), Duration.ofSeconds(20));
    }

    public static DeliverySettings defaults() {
        return new DeliverySettings(Duration.ofSeconds(10), 4, Duration.ofSeconds(1), Duration.ofSeconds(30));
    }

    public static DeliverySettings read(SettingsReader reader) {
        DeliverySettings absent = defaults();
        DeliverySettings read = new DeliverySettings(
                reader.duration("timeout", absent.timeout),
                reader.number("max-attempts", absent.maxAttempts, 1, 20),
                reader.duration("first-pause", absent.firstPause),
                reader.duration("max-pause", absent.maxPause),
                reader.duration("fallback-after", absent.fallbackAfter),
                reader.duration("digest-after", absent.digestAfter));
        if (read.timeout.isZero()) {
            reader.problem("timeout", "must be longer than 0s");
        }
        if (read.firstPause.isZero() || read.maxPause.compareTo(read.firstPause) <= 0) {
            reader.problem("max-pause", "must be longer than first-pause, and that longer than 0s");
        }
        if (read.fallbackAfter.isZero()) {
            reader.problem("fallback-after", "must be longer than 0s");
        }
        return read;
    }

    /** The longest a delivery should take: all attempts (connecting and answering each have the time-out), all pauses. */
    public Duration total() {
        return timeout.multipliedBy(2).plus(maxPause).multipliedBy(maxAttempts);
    }
}
