package io.faultline.detect.match.track;

import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.time.Instant;

/**
 * An event that a rule cares about: the conditions that held, and what an alert would quote of it.
 *
 * @param key the rule and the group
 * @param timestamp the event's, in milliseconds
 * @param mask bit i is set when the rule's condition i held; beside them {@link #ENDS} and {@link #ASIDE}
 * @param measures those numbers of the event that the rule's conditions look at
 * @param value the number that the rule computes of the event; NaN where it has none or the rule computes none
 * @param field the text that the rule takes of the event; empty where it has none or the rule takes none
 * @param kind the event's
 * @param entity the event's
 * @param text the event's message, cut as {@link Evidence} cuts it
 * @param origin the event's
 */
public record Candidate(
        RuleKey key,
        long timestamp,
        long mask,
        Measures measures,
        double value,
        String field,
        EventKind kind,
        Entity entity,
        String text,
        Origin origin) {

    /** It ends an alert of the group. */
    public static final long ENDS = 1L << 63;

    /** It is nothing to the rule's pattern: it travels only because it ends. */
    public static final long ASIDE = 1L << 62;

    public static Candidate of(RuleKey key, long mask, Measures measures, double value, String field, LogEvent event) {
        Evidence quoted = Evidence.of("", event);
        return new Candidate(
                key,
                event.timestamp().toEpochMilli(),
                mask,
                measures,
                value,
                field,
                event.kind(),
                event.entity(),
                quoted.text(),
                event.origin());
    }

    /** What a rule expects of an entity, without any event. */
    public static Candidate expected(RuleKey key, long timestamp, int condition, Entity entity) {
        Origin nowhere = new Origin(Origin.Type.FILE, "expected", 0, 0);
        long mask = 1L << condition;
        return new Candidate(
                key, timestamp, mask, Measures.NONE, Double.NaN, "", EventKind.LOG_OTHER, entity, "", nowhere);
    }

    public boolean has(int condition) {
        return (mask & (1L << condition)) != 0;
    }

    public boolean ends() {
        return (mask & ENDS) != 0;
    }

    /** Whether no condition of the rule's pattern holds. */
    public boolean isOfNoCondition() {
        return (mask & ~(ENDS | ASIDE)) == 0;
    }

    public boolean isAside() {
        return (mask & ASIDE) != 0;
    }

    public Evidence evidence(String step) {
        return new Evidence(step, Instant.ofEpochMilli(timestamp), kind, entity, text, origin);
    }
}
