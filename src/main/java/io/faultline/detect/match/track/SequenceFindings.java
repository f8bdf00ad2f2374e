package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SequenceStep;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Matches of a sequence, whole and partial ones, in words. */
public final class SequenceFindings {

    private SequenceFindings() {}

    /** The finding of one match: the events by the name of their step. */
    public static Finding of(RuleDefinition rule, Map<String, List<Candidate>> match) {
        SequencePattern sequence = (SequencePattern) rule.pattern();
        List<Evidence> evidence = evidence(sequence, match);
        List<Candidate> blamed = match.getOrDefault(rule.causeFrom(), List.of());
        Evidence first = evidence.get(0);
        return new Finding(
                first.timestamp(),
                first.entity(),
                blamed.isEmpty() ? Entity.UNKNOWN : blamed.get(0).entity(),
                describe(sequence, match),
                evidence);
    }

    /** A partial match whose time is over. */
    public static Miss missed(SequencePattern sequence, Map<String, List<Candidate>> partial, long endedAt) {
        String reason = describe(sequence, partial) + ", then not " + describeMissing(sequence, partial);
        List<Evidence> evidence = evidence(sequence, partial);
        Evidence first = evidence.get(0);
        return new Miss(first.timestamp(), Instant.ofEpochMilli(endedAt), first.entity(), reason, evidence);
    }

    /** The number of the first step that a partial match lacks; -1 where it has what it takes and more was to follow. */
    public static int missing(SequencePattern sequence, Map<String, List<Candidate>> partial) {
        for (int i = 0; i < sequence.steps().size(); i++) {
            SequenceStep step = sequence.steps().get(i);
            if (!step.not() && !step.optional() && came(step, partial) < step.least()) {
                return i;
            }
        }
        return -1;
    }

    private static String describeMissing(SequencePattern sequence, Map<String, List<Candidate>> partial) {
        int number = missing(sequence, partial);
        if (number < 0) {
            return "what had to follow";
        }
        SequenceStep step = sequence.steps().get(number);
        int came = came(step, partial);
        return came == 0 ? step.name() : step.name() + " " + (step.least() - came) + " times more";
    }

    private static int came(SequenceStep step, Map<String, List<Candidate>> partial) {
        return partial.getOrDefault(step.name(), List.of()).size();
    }

    private static List<Evidence> evidence(SequencePattern sequence, Map<String, List<Candidate>> match) {
        List<Evidence> evidence = new ArrayList<>();
        match.forEach(
                (step, events) -> events.forEach(event -> evidence.add(event.evidence(name(sequence, step, event)))));
        evidence.sort(Comparator.comparing(Evidence::timestamp));
        return evidence;
    }

    private static String describe(SequencePattern sequence, Map<String, List<Candidate>> match) {
        StringJoiner reason = new StringJoiner(", then ");
        match.forEach((step, events) -> reason.add(describe(sequence, step, events)));
        return reason.toString();
    }

    private static String describe(SequencePattern sequence, String step, List<Candidate> events) {
        Candidate last = events.get(events.size() - 1);
        String values = Quote.measures(last.measures());
        String times = events.size() == 1 ? "" : " " + events.size() + " times";
        return name(sequence, step, last) + times + (values.isEmpty() ? "" : " (" + values + ")");
    }

    /** The step, with the alternative that the event was. */
    private static String name(SequencePattern sequence, String name, Candidate event) {
        for (int i = 0; i < sequence.steps().size(); i++) {
            SequenceStep step = sequence.steps().get(i);
            if (step.name().equals(name)) {
                for (int j = 0; j < step.alternatives().size(); j++) {
                    if (event.has(sequence.alternatives(i) + j)) {
                        return name + ": " + step.alternatives().get(j).name();
                    }
                }
            }
        }
        return name;
    }
}
