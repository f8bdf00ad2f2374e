package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Onset;
import io.faultline.model.Alert;
import io.faultline.model.Evidence;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a cause led to, as far as a story's other alerts and lines show it. */
final class Consequences {

    private final List<Alert> others;
    private final List<Consequence> found;

    private Consequences(List<Alert> others, List<Consequence> found) {
        this.others = others;
        this.found = found;
    }

    /**
     * @param verb what happened to it, the worst first
     * @param what whom it happened to
     * @param at when
     */
    record Consequence(Verb verb, String what, Instant at) {}

    /** The worst first. */
    enum Verb {
        DIED,
        HUNG,
        STALLED;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    static Consequences of(Alert cause, List<Alert> alerts) {
        Instant from = Onset.of(cause).minus(CauseFinder.TOGETHER);
        List<Alert> others = alerts.stream()
                .filter(alert -> alert.kind() == Alert.Kind.RULE_MATCH
                        && !alert.fingerprint().equals(cause.fingerprint())
                        && !alert.detectedAt().isBefore(from))
                .toList();
        List<Consequence> found = Stream.concat(
                        cause.evidence().stream()
                                .skip(1)
                                .filter(line -> Depth.of(cause) != Depth.SILENCE)
                                .flatMap(line -> of(line, cause)),
                        others.stream().flatMap(Consequences::of))
                .filter(consequence -> !consequence.at().isBefore(from))
                .sorted(Comparator.comparing(Consequence::verb).thenComparing(Consequence::at))
                .toList();
        return new Consequences(others, found);
    }

    /** The other findings of rules, in order of time. */
    List<Alert> others() {
        return others;
    }

    Optional<Consequence> worst() {
        return found.stream().findFirst();
    }

    /** Whether something followed that could not have been the cause itself. */
    boolean confirm(Alert cause) {
        return others.stream().anyMatch(other -> other.role() == Alert.Role.SYMPTOM)
                || (Depth.of(cause) != Depth.PROCESS && !found.isEmpty());
    }

    private static Stream<Consequence> of(Alert alert) {
        if (Depth.of(alert) == Depth.SILENCE) {
            String what = Place.workload(alert.entity().or(alert.causeEntity()));
            boolean stall = alert.role() == Alert.Role.SYMPTOM;
            return stall ? Stream.of(new Consequence(Verb.STALLED, what, alert.detectedAt())) : Stream.of();
        }
        return alert.evidence().stream().flatMap(line -> of(line, alert));
    }

    private static Stream<Consequence> of(Evidence line, Alert alert) {
        String what = Place.workload(
                alert.entity().job() != null || alert.entity().replica() != null
                        ? alert.entity()
                        : line.entity().or(alert.entity()));
        return switch (line.kind()) {
            case PROCESS_EXIT, ENGINE_DEATH -> Stream.of(new Consequence(Verb.DIED, what, line.timestamp()));
            case COLLECTIVE_TIMEOUT -> Stream.of(new Consequence(Verb.HUNG, what, line.timestamp()));
            default -> Stream.of();
        };
    }
}
