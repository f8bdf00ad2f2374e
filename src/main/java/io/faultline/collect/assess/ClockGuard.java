package io.faultline.collect.assess;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import java.time.Duration;
import java.time.Instant;

/**
 * Sets the time of an event back to when it was seen where it lies too far ahead of that: one line of the year 3000 would
 * otherwise move event time there and make all other events late.
 */
public final class ClockGuard {

    private final Duration maxAhead;

    public ClockGuard(Duration maxAhead) {
        this.maxAhead = maxAhead;
    }

    public LogEvent assess(LogEvent event) {
        Instant limit = event.observedTimestamp().plus(maxAhead);
        return event.timestamp().isAfter(limit)
                ? event.withTimestamp(event.observedTimestamp(), QualityMark.TIME_CLAMPED)
                : event;
    }
}
