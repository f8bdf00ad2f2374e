package io.faultline.explain.diagnose;

import io.faultline.model.Alert;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Picks the lines a person should read: of the cause all steps, of each rule each step's first line, then more. */
final class KeyEvidence {

    private static final Comparator<Evidence> BY_TIME = Comparator.comparing(Evidence::timestamp)
            .thenComparing(line -> line.origin().toString())
            .thenComparing(Evidence::step)
            .thenComparing(Evidence::text);

    private KeyEvidence() {}

    static List<Evidence> of(Alert cause, List<Alert> alerts) {
        Map<String, List<Evidence>> steps = new LinkedHashMap<>();
        addSteps(steps, cause);
        // what rules found says more than that a number was unusual
        alerts.stream().filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH).forEach(alert -> addSteps(steps, alert));
        alerts.forEach(alert -> addSteps(steps, alert));

        Map<String, Evidence> chosen = new LinkedHashMap<>();
        for (int round = 0; round < rounds(steps) && chosen.size() < Incident.MAX_EVIDENCE; round++) {
            for (List<Evidence> lines : steps.values()) {
                if (round < lines.size() && chosen.size() < Incident.MAX_EVIDENCE) {
                    chosen.putIfAbsent(
                            lines.get(round).origin() + " " + lines.get(round).text(), lines.get(round));
                }
            }
        }
        return chosen.values().stream().sorted(BY_TIME).toList();
    }

    private static void addSteps(Map<String, List<Evidence>> steps, Alert alert) {
        alert.evidence().stream().sorted(BY_TIME).forEach(line -> {
            List<Evidence> lines = steps.computeIfAbsent(alert.rule() + " " + line.step(), key -> new ArrayList<>());
            if (!lines.contains(line)) {
                lines.add(line);
            }
        });
    }

    private static int rounds(Map<String, List<Evidence>> steps) {
        return steps.values().stream().mapToInt(List::size).max().orElse(0);
    }

    /** In the order in which they are met, empty ones left out. */
    static List<String> distinct(List<String> texts) {
        Set<String> distinct = new LinkedHashSet<>(texts);
        distinct.remove("");
        return List.copyOf(distinct);
    }
}
