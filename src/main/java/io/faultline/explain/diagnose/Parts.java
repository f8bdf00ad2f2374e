package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Onset;
import io.faultline.model.Alert;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Part;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What each alert was in a story: the first of each rule, in order of time, the cause's always among them. */
final class Parts {

    /** What schedulers, agents and kernels write of a process that somebody ended. */
    private static final List<String> ENDED_ON_PURPOSE = List.of(
            "SIGTERM",
            "Terminated",
            "CANCELLED",
            "exitcode: -15",
            "exitcode : -15",
            "exitcode  : -15",
            "exit code 143");

    private Parts() {}

    /** @param further what began by itself besides; each is a part, also where another alert of its rule is one */
    static List<Part> of(Alert first, List<Alert> further, List<Alert> alerts) {
        Set<Alert> chosen = new LinkedHashSet<>(Set.of(first));
        chosen.addAll(further);
        Set<String> rules = chosen.stream().map(Alert::rule).collect(Collectors.toCollection(HashSet::new));
        alerts.stream().filter(alert -> rules.add(alert.rule())).forEach(chosen::add);
        return chosen.stream()
                .limit(Incident.MAX_PARTS)
                .sorted(Comparator.comparing(Alert::startsAt))
                .map(alert -> part(alert, further.contains(alert) ? Part.Role.INITIATING : role(alert, first)))
                .toList();
    }

    private static Part part(Alert alert, Part.Role role) {
        return new Part(
                alert.fingerprint(),
                alert.rule(),
                alert.title(),
                role,
                alert.causeEntity().or(alert.entity()),
                alert.startsAt());
    }

    /** A symptom never initiates, even where what it follows from is not known: the ranks that time out wait for another. */
    private static Part.Role role(Alert alert, Alert first) {
        boolean initiates = alert.role() == Alert.Role.INITIATING && alert.kind() == Alert.Kind.RULE_MATCH;
        if (initiates && (alert.equals(first) || beganWith(alert, first))) {
            return Part.Role.INITIATING;
        }
        return isTeardown(alert, first) ? Part.Role.TEARDOWN : Part.Role.CASCADE;
    }

    /** As deep as the cause, not long after it, and about the same thing: another rule's words for it. */
    private static boolean beganWith(Alert alert, Alert first) {
        Instant together = Onset.of(first).plus(CauseFinder.TOGETHER);
        return Depth.of(alert) == Depth.of(first)
                && !Onset.of(alert).isAfter(together)
                && about(alert).equals(about(first));
    }

    private static String about(Alert alert) {
        var entity = alert.causeEntity().or(alert.entity());
        return entity.node() != null ? "node " + entity.node() : Place.workload(entity);
    }

    private static boolean isTeardown(Alert alert, Alert first) {
        return alert.startsAt().isAfter(Onset.of(first))
                && !alert.evidence().isEmpty()
                && alert.evidence().stream().allMatch(Parts::endsOnPurpose);
    }

    private static boolean endsOnPurpose(Evidence line) {
        return ENDED_ON_PURPOSE.stream().anyMatch(line.text()::contains);
    }
}
