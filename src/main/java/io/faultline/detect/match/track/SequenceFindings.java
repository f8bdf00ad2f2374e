package io.faultline.detect.match.track;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Matches of a sequence to findings. */
public final class SequenceFindings {

    private SequenceFindings() {}

    /** The finding of one match: the events by the name of their step. */
    public static Finding of(RuleDefinition rule, Map<String, List<Candidate>> match) {
        List<Evidence> evidence = new ArrayList<>();
        StringJoiner reason = new StringJoiner(", then ");
        match.forEach((step, events) -> {
            events.forEach(event -> evidence.add(event.evidence(step)));
            reason.add(describe(step, events));
        });
        evidence.sort(Comparator.comparing(Evidence::timestamp));
        List<Candidate> blamed = match.getOrDefault(rule.causeFrom(), List.of());
        Evidence first = evidence.get(0);
        Instant startsAt = first.timestamp();
        return new Finding(
                startsAt,
                first.entity(),
                blamed.isEmpty() ? Entity.UNKNOWN : blamed.get(0).entity(),
                reason.toString(),
                evidence);
    }

    private static String describe(String step, List<Candidate> events) {
        String values = Quote.measures(events.get(events.size() - 1).measures());
        String times = events.size() == 1 ? "" : " " + events.size() + " times";
        return step + times + (values.isEmpty() ? "" : " (" + values + ")");
    }
}
