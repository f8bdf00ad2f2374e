package io.faultline.model;

import java.time.Instant;

/**
 * How an alert goes on: one rule, one entity, from its first finding until its rule saw that it is over, or
 * none came for a while.
 *
 * @param id the same alert has the same id in every run over the same logs
 * @param revision from 1; a later one replaces an earlier one
 * @param rule the rule's id
 * @param entity what it is about
 * @param title one line for people
 * @param level the highest level among its findings
 * @param phase its life
 * @param startsAt the time of its first evidence; a finding that comes late may bring it forward
 * @param lastSeenAt when its latest finding became certain
 * @param endedAt when it was resolved; the epoch while it was not
 * @param count how many findings it has
 * @param flaps how often it came back within the window in which that counts
 * @param endedBy what its rule saw that ended it, in words; empty while it goes on and where it only was not found any more
 * @param first the fingerprint of its first finding, which has the evidence
 */
public record AlertState(
        String id,
        int revision,
        String rule,
        Entity entity,
        String title,
        Level level,
        Phase phase,
        Instant startsAt,
        Instant lastSeenAt,
        Instant endedAt,
        int count,
        int flaps,
        String endedBy,
        String first) {

    /** The life of an alert. */
    public enum Phase {
        /** It was found, and not yet for long enough. */
        PENDING,
        FIRING,
        /** It comes and goes; it ends when it stayed away. */
        FLAPPING,
        RESOLVED;

        /** Whether it is something to look at. */
        public boolean isActive() {
            return this == FIRING || this == FLAPPING;
        }
    }
}
