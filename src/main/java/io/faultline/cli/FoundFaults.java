package io.faultline.cli;

import io.faultline.cli.simulate.FaultLabel;
import io.faultline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which planted faults the incidents tell of. A fault is found by an incident that is about the same entity and overlaps
 * it in time.
 */
final class FoundFaults {

    /** Silence shows only after its time-out: an incident may begin this long after the fault has ended. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final Map<FaultLabel, Optional<Incident>> found = new LinkedHashMap<>();

    private FoundFaults() {}

    static FoundFaults of(List<FaultLabel> labels, List<Incident> incidents) {
        FoundFaults faults = new FoundFaults();
        for (FaultLabel label : labels) {
            faults.found.put(
                    label,
                    incidents.stream()
                            .filter(incident -> tellsOf(incident, label))
                            .findFirst());
        }
        return faults;
    }

    int planted() {
        return found.size();
    }

    long found() {
        return found.values().stream().filter(Optional::isPresent).count();
    }

    String table() {
        StringBuilder table = new StringBuilder();
        found.forEach((label, incident) -> table.append(String.format(
                Locale.ROOT,
                "%-7s %-20s %s%n",
                incident.isPresent() ? "found" : "missed",
                label.fault(),
                incident.map(Incident::title).orElse("of " + label.entity()))));
        return table.toString();
    }

    private static boolean tellsOf(Incident incident, FaultLabel label) {
        boolean overlaps = !incident.endedAt().isBefore(Instant.parse(label.started()))
                && !incident.startedAt().isAfter(Instant.parse(label.ended()).plus(SLACK));
        return overlaps
                && incident.entities().stream().anyMatch(entity -> entity.toMap()
                        .entrySet()
                        .containsAll(label.entity().entrySet()));
    }
}
