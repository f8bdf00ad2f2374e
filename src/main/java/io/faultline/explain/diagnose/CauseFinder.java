package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Onset;
import io.faultline.model.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Picks the alert that started a story. What breaks by itself goes before what follows from something, what moved before
 * what stood still; among those the earliest, or one that began with it and lies deeper.
 */
final class CauseFinder {

    /** Clocks of two hosts, and a log's whole seconds, put what begins together up to a minute apart. */
    static final Duration TOGETHER = Duration.ofSeconds(60);

    private static final Comparator<Alert> BY_ONSET =
            Comparator.comparing((Alert alert) -> Onset.of(alert)).thenComparing(Alert::fingerprint);

    private CauseFinder() {}

    /** The alert that started it, of at least one. */
    static Alert find(List<Alert> alerts) {
        List<Alert> candidates = narrow(alerts, alert -> alert.kind() == Alert.Kind.RULE_MATCH);
        candidates = narrow(candidates, alert -> alert.role() == Alert.Role.INITIATING);
        candidates = narrow(candidates, alert -> Depth.of(alert) != Depth.SILENCE);
        Alert first = candidates.stream().min(BY_ONSET).orElseThrow();
        Instant together = Onset.of(first).plus(TOGETHER);
        return candidates.stream()
                .filter(alert -> !Onset.of(alert).isAfter(together))
                .min(Comparator.comparing((Alert alert) -> Depth.of(alert)).thenComparing(BY_ONSET))
                .orElseThrow();
    }

    private static List<Alert> narrow(List<Alert> alerts, Predicate<Alert> wanted) {
        List<Alert> narrower = alerts.stream().filter(wanted).toList();
        return narrower.isEmpty() ? alerts : narrower;
    }
}
