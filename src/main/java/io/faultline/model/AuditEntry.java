package io.faultline.model;

import java.time.Instant;

/**
 * Something that a person or the job did, for the record. Entries are only ever added.
 *
 * @param id the same deed has the same id however often it is told
 * @param timestamp when
 * @param actor who: a person as he gave his name, or {@code faultline}
 * @param action what was done
 * @param object to what: a rule, an incident, a silence, a receiver, a node
 * @param reason why; empty where nobody said
 * @param detail what came of it, or with which values
 */
public record AuditEntry(
        String id, Instant timestamp, String actor, Action action, String object, String reason, String detail) {

    /** Who acts where no person does. */
    public static final String FAULTLINE = "faultline";

    /** What can be done. */
    public enum Action {
        RULE_CHANGED,
        SILENCED,
        SILENCE_ENDED,
        ACKNOWLEDGED,
        VERDICT_GIVEN,
        /** It was decided to tell somebody, or not to. */
        DECIDED,
        SENT,
        SEND_FAILED,
        ACTION_REQUESTED,
        ACTION_APPROVED,
        ACTION_REFUSED,
        ACTION_DONE,
        ACTION_FAILED,
        /** What was done had its effect, or had not. */
        ACTION_VERIFIED
    }
}
