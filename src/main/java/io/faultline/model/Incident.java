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
 * @param parts the first alert of each rule with its part in the story, in order of time, at most {@value #MAX_PARTS}
 * @param changes what changed before it on what it is about, the nearest first, at most {@value #MAX_CHANGES}
 * @param cost what it has cost so far
 * @param completeness 0…1, the share of its sources that had said everything up to its latest evidence
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
        int alerts,
        @TypeInfo(Lists.OfPart.class) List<Part> parts,
        @TypeInfo(Lists.OfChange.class) List<Change> changes,
        Cost cost,
        double completeness) {

    /** What a person reads before he opens the logs. */
    public static final int MAX_EVIDENCE = 20;

    /** A story of more rules than this is told by its first. */
    public static final int MAX_PARTS = 20;

    /** What changed longer ago than five other things is no candidate. */
    public static final int MAX_CHANGES = 5;

    /** The rule that knows the marked line of a fire drill. */
    public static final String DRILL_RULE = "fire-drill";

    public Incident {
        entities = List.copyOf(entities);
        rules = List.copyOf(rules);
        responses = List.copyOf(responses);
        evidence = List.copyOf(evidence);
        parts = List.copyOf(parts);
        changes = List.copyOf(changes);
    }

    /** An incident of which nothing is known but what its alerts say. */
    public Incident(
            String id,
            int revision,
            State state,
            String title,
            Level severity,
            Instant startedAt,
            Instant endedAt,
            Cause cause,
            List<Entity> entities,
            List<String> rules,
            List<String> responses,
            List<Evidence> evidence,
            int alerts) {
        this(
                id,
                revision,
                state,
                title,
                severity,
                startedAt,
                endedAt,
                cause,
                entities,
                rules,
                responses,
                evidence,
                alerts,
                List.of(),
                List.of(),
                Cost.UNKNOWN,
                1);
    }

    /** Whether nothing happened: somebody tries whether people would be told. */
    public boolean isDrill() {
        return !rules.isEmpty() && rules.stream().allMatch(DRILL_RULE::equals);
    }

    /** The cluster that it is in: its cause's, else the first that it names; empty where it names none. */
    public String cluster() {
        String cluster = cause.entity().cluster();
        for (int i = 0; cluster == null && i < entities.size(); i++) {
            cluster = entities.get(i).cluster();
        }
        return cluster == null ? "" : cluster;
    }

    public Incident with(List<Change> found, Cost known) {
        return new Incident(
                id,
                revision,
                state,
                title,
                severity,
                startedAt,
                endedAt,
                cause,
                entities,
                rules,
                responses,
                evidence,
                alerts,
                parts,
                found,
                known,
                completeness);
    }

    /** With the share of its sources that spoke, and a sentence on those that did not. */
    public Incident with(double share, String sentence) {
        return new Incident(
                id,
                revision,
                state,
                title,
                severity,
                startedAt,
                endedAt,
                cause.with(sentence),
                entities,
                rules,
                responses,
                evidence,
                alerts,
                parts,
                changes,
                cost,
                share);
    }

    public Incident withRevision(int other) {
        return new Incident(
                id,
                other,
                state,
                title,
                severity,
                startedAt,
                endedAt,
                cause,
                entities,
                rules,
                responses,
                evidence,
                alerts,
                parts,
                changes,
                cost,
                completeness);
    }

    /** The life of an incident. */
    public enum State {
        OPEN,
        RESOLVED,
        /** It turned out to be a part of an older incident, which has its alerts now. */
        MERGED
    }
}
