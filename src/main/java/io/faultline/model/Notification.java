package io.faultline.model;

import java.time.Instant;

/**
 * One attempt to tell a receiver about an incident, and how it went.
 *
 * @param key the idempotency key: the same for every attempt to tell the same receiver the same thing
 * @param receiver the name of the receiver that was meant
 * @param via the receiver that was really tried: another one where that one could not be told
 * @param incident the incident's id
 * @param revision which revision was told
 * @param outcome how it went
 * @param attempts how many times it was tried
 * @param decidedAt when it was decided to tell
 * @param timestamp when the last attempt ended
 * @param detail the receiver's answer, or the error; empty where there was none
 */
public record Notification(
        String key,
        String receiver,
        String via,
        String incident,
        int revision,
        Outcome outcome,
        int attempts,
        Instant decidedAt,
        Instant timestamp,
        String detail) {

    /** How it went. */
    public enum Outcome {
        DELIVERED,
        FAILED
    }
}
