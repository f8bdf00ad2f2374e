package io.faultline.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an alert is found again: its rule over the logs of its evidence, up to these lines and that time.
 *
 * @param rule the rule's id
 * @param origins where its evidence was read
 * @param until when it was certain
 */
public record Replay(String rule, List<Origin> origins, Instant until) {

    public Replay {
        origins = List.copyOf(origins);
    }

    /** An alert's; empty where it rests on nothing that was written: a statistic. */
    public static Optional<Replay> of(Alert alert) {
        List<Origin> origins = alert.evidence().stream()
                .map(Evidence::origin)
                .filter(origin -> origin.type() == Origin.Type.KAFKA || origin.position() > 0)
                .distinct()
                .toList();
        return origins.isEmpty() || alert.kind() != Alert.Kind.RULE_MATCH
                ? Optional.empty()
                : Optional.of(new Replay(alert.rule(), origins, alert.detectedAt()));
    }

    /** The options of {@code rules backtest}: {@code --rule loss-nan --origins train.log:17 --until 2026-03-01T10:00:07Z}. */
    @Override
    public String toString() {
        String places = origins.stream().map(Origin::toString).collect(Collectors.joining(","));
        return "--rule " + rule + " --origins " + places + " --until " + until;
    }
}
