package io.faultline.model;

import java.time.Instant;

/**
 * One line that an alert rests on.
 *
 * @param step what part it plays: the rule's step name, {@link #LAST_SIGN}, or {@code window} for a statistic
 * @param timestamp when it happened
 * @param kind what the line tells
 * @param entity what the line is about
 * @param text the line, cut to {@value #MAX_TEXT} characters
 * @param origin where it can be read again
 */
public record Evidence(String step, Instant timestamp, EventKind kind, Entity entity, String text, Origin origin) {

    /** The step of the last line before a silence: it shows nothing but that something was alive. */
    public static final String LAST_SIGN = "last-sign";

    /** Longer lines are cut: an alert quotes, it does not archive. */
    public static final int MAX_TEXT = 500;

    public Evidence {
        text = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
    }

    /** Quotes an event; of a traceback the error that it ends with. */
    public static Evidence of(String step, LogEvent event) {
        return new Evidence(
                step, event.timestamp(), event.kind(), event.entity(), Quotation.of(event.message()), event.origin());
    }
}
