package io.faultline.model;

import java.time.Instant;

/**
 * One alert's part in an incident.
 *
 * @param alert its fingerprint
 * @param rule the id of its rule
 * @param title one line for people
 * @param role what it was in the story
 * @param entity what it is about
 * @param startsAt the time of its first evidence
 */
public record Part(String alert, String rule, String title, Role role, Entity entity, Instant startsAt) {

    /** What an alert was in a story. */
    public enum Role {
        /** What broke first, by itself. */
        INITIATING,
        /** What broke because of it: the ranks that waited in a collective, the engine that lost its GPU. */
        CASCADE,
        /** What was ended on purpose after that: the SIGTERMs to the other ranks. */
        TEARDOWN
    }
}
