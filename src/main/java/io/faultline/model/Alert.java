package io.faultline.model;

import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * One finding, from a statistic or from a rule. One flat record for both, since a sealed type can not be a stream's
 * type.
 *
 * @param fingerprint the same finding has the same fingerprint however often it is computed: rule, entity and start
 * @param kind which of the two it is
 * @param rule the rule's id; {@code anomaly-<detector>} for statistics
 * @param ruleVersion the rule's version, from 1
 * @param title one line for people
 * @param level how urgent
 * @param category where the rule says such a cause lies
 * @param role whether it starts a story or follows from one
 * @param startsAt the time of its first evidence
 * @param detectedAt the event time at which it was certain
 * @param entity what it is about: the group of the rule or the entity of the series
 * @param causeEntity what the rule points at, more exact than {@code entity} where the evidence allows: the GPU, the rank
 * @param score 0…1, how unusual; 1 for a rule
 * @param reason the values that decided, in words
 * @param response what to do
 * @param evidence the lines it rests on, in order of time, at most {@value #MAX_EVIDENCE}
 * @param ranks all ranks that told it, where the rule counts them; many more than {@code evidence} quotes
 * @param standing whether it counts
 * @param resolveAfterSeconds how long after its last finding it is over, as its rule says; 0 where the settings say it
 */
public record Alert(
        String fingerprint,
        Kind kind,
        String rule,
        int ruleVersion,
        String title,
        Level level,
        CauseCategory category,
        Role role,
        Instant startsAt,
        Instant detectedAt,
        Entity entity,
        Entity causeEntity,
        double score,
        String reason,
        String response,
        @TypeInfo(Lists.OfEvidence.class) List<Evidence> evidence,
        Ranks ranks,
        Standing standing,
        long resolveAfterSeconds) {

    /** More lines than this say nothing new. */
    public static final int MAX_EVIDENCE = 20;

    public Alert {
        evidence = List.copyOf(evidence);
    }

    /** One whose end the settings say. */
    public Alert(
            String fingerprint,
            Kind kind,
            String rule,
            int ruleVersion,
            String title,
            Level level,
            CauseCategory category,
            Role role,
            Instant startsAt,
            Instant detectedAt,
            Entity entity,
            Entity causeEntity,
            double score,
            String reason,
            String response,
            List<Evidence> evidence,
            Ranks ranks,
            Standing standing) {
        this(
                fingerprint,
                kind,
                rule,
                ruleVersion,
                title,
                level,
                category,
                role,
                startsAt,
                detectedAt,
                entity,
                causeEntity,
                score,
                reason,
                response,
                evidence,
                ranks,
                standing,
                0);
    }

    /** What found it. */
    public enum Kind {
        ANOMALY,
        RULE_MATCH
    }

    /** Whether it counts, or is only kept to be looked at. */
    public enum Standing {
        /** It makes incidents, and people are told. */
        TOLD,
        /** Of a rule that is on trial. */
        SHADOW,
        /** Two versions of a rule were compared, and both found it. */
        BOTH,
        /** Only the version in force found it. */
        ONLY_V1,
        /** Only its canary found it. */
        ONLY_V2
    }

    public boolean isTold() {
        return standing == Standing.TOLD;
    }

    public Alert withStanding(Standing other) {
        return standing == other ? this : with(fingerprint, other);
    }

    /** The same finding, kept beside the one that has its fingerprint. */
    public Alert with(String otherFingerprint, Standing otherStanding) {
        return new Alert(
                otherFingerprint,
                kind,
                rule,
                ruleVersion,
                title,
                level,
                category,
                role,
                startsAt,
                detectedAt,
                entity,
                causeEntity,
                score,
                reason,
                response,
                evidence,
                ranks,
                otherStanding,
                resolveAfterSeconds);
    }

    /** Its part in a story. */
    public enum Role {
        /** Something that breaks by itself: a GPU, a full disk. */
        INITIATING,
        /** Follows from something else more often than not: a time-out, a stall. */
        SYMPTOM
    }
}
