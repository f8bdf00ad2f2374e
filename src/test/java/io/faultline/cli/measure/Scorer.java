package io.faultline.cli.measure;

import io.faultline.cli.simulate.FaultLabel;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares alerts with labels. An alert finds a fault that its rule is for, on the same entity and in its time; an alert of
 * another fault's time and entity tells of a consequence and counts neither way; any other is a false alarm.
 */
final class Scorer {

    /** What tells by silence or at a window's end comes this much after a fault that was short. */
    private static final Duration AFTER = Duration.ofMinutes(5);

    /** Clocks are off, and a group's first event may lie before the fault. */
    private static final Duration BEFORE = Duration.ofMinutes(1);

    private final List<FaultLabel> labels;
    private final String run;

    Scorer(List<FaultLabel> labels, String run) {
        this.labels = labels;
        this.run = run;
    }

    Map<String, RuleScore> score(Iterable<String> rules, List<Alert> alerts) {
        Map<String, RuleScore> scores = new TreeMap<>();
        for (String rule : rules) {
            RuleScore score = scores.computeIfAbsent(rule, name -> new RuleScore());
            List<Alert> own =
                    alerts.stream().filter(alert -> alert.rule().equals(rule)).toList();
            for (FaultLabel label : labels) {
                if (PlantedFaults.of(rule).contains(label.fault())) {
                    find(label, own, score);
                }
            }
            for (Alert alert : own) {
                if (labels.stream().noneMatch(label -> isInTime(alert, label) && isAbout(alert, label))) {
                    score.falseAlarm(run + ": " + alert.entity() + " at " + alert.detectedAt() + ", " + alert.reason());
                }
            }
        }
        return scores;
    }

    private void find(FaultLabel label, List<Alert> alerts, RuleScore score) {
        Optional<Alert> first = alerts.stream()
                .filter(alert -> isInTime(alert, label) && isAbout(alert, label))
                .findFirst();
        Instant started = Instant.parse(label.started());
        first.ifPresentOrElse(
                alert -> score.found(Duration.between(started, alert.detectedAt())),
                () -> score.missed(run + ": " + label.fault() + " of " + label.entity() + " at " + started));
    }

    private static boolean isInTime(Alert alert, FaultLabel label) {
        return alert.detectedAt().isAfter(Instant.parse(label.started()).minus(BEFORE))
                && alert.detectedAt().isBefore(Instant.parse(label.ended()).plus(AFTER));
    }

    private static boolean isAbout(Alert alert, FaultLabel label) {
        return isOf(alert.entity(), label)
                || isOf(alert.causeEntity(), label)
                // the GPU's label names no job, and its job's end is a consequence
                || (label.fault().equals("gpu-xid") && alert.entity().job() != null);
    }

    private static boolean isOf(Entity entity, FaultLabel label) {
        for (Entity.Level level : Entity.Level.values()) {
            String known = entity.get(level);
            boolean same = known != null
                    && (known.equals(label.entity().get(level.fieldName()))
                            || known.equals(label.culprit().get(level.fieldName())));
            boolean service = level == Entity.Level.SERVICE
                    && known != null
                    && label.entity().getOrDefault("replica", "").startsWith(known + "-");
            if (same || (service && entity.replica() == null)) {
                return true;
            }
        }
        return false;
    }
}
