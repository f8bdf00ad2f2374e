package io.faultline.model;

import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * Several alerts with one story.
 *
 * @param id the same story has the same id in every run over the same logs
 * @param revision from 1; a later revision replaces an earlier one
 * @param state its life
 * @param title one line for people
 * @param severity the highest level among its alerts
 * @param startedAt the time of its first evidence
 * @param endedAt the time of its last evidence so far
 * @param cause what it most likely comes from
 * @param entities everything its evidence is about, the most exact first, no two alike
 * @param rules the ids of the rules that fired, in order of time
 * @param responses what to do, the cause's first
 * @param evidence the lines to read, in order of time, at most {@value #MAX_EVIDENCE}
 * @param alerts how many alerts are attached
 */
public record Incident(
        String id,
        int revision,
        State state,
        String title,
        Level severity,
        Instant startedAt,
        Instant endedAt,
        Cause cause,
        @TypeInfo(Lists.OfEntity.class) List<Entity> entities,
        @TypeInfo(Lists.OfString.class) List<String> rules,
        @TypeInfo(Lists.OfString.class) List<String> responses,
        @TypeInfo(Lists.OfEvidence.class) List<Evidence> evidence,
        int alerts) {

    /** What a person reads before he opens the logs. */
    public static final int MAX_EVIDENCE = 20;

    public Incident {
        entities = List.copyOf(entities);
        rules = List.copyOf(rules);
        responses = List.copyOf(responses);
        evidence = List.copyOf(evidence);
    }

    /** The life of an incident. */
    public enum State {
        OPEN,
        RESOLVED,
        /** It turned out to be a part of an older incident, which has its alerts now. */
        MERGED
    }
}
