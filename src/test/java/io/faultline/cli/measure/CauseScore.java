package io.faultline.cli.measure;

import io.faultline.cli.simulate.FaultLabel;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How many faults were told, how often the cause named first was the right one, and how many incidents it took. */
final class CauseScore {

    /** Silence shows only after its time-out: an incident may begin this long after the fault has ended. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    /** Many logs have no fractions of a second. */
    private static final Duration WHOLE_SECONDS = Duration.ofSeconds(1);

    private final List<Judged> judged = new ArrayList<>();
    private final List<String> surplus = new ArrayList<>();

    /**
     * One fault.
     *
     * @param entityRight whether the incident named its place
     * @param categoryRight whether the incident named its class; true where the fault has none
     * @param incidents how many were about it
     * @param mistake in words; empty where all is right
     */
    record Judged(String fault, boolean entityRight, boolean categoryRight, int incidents, String mistake) {}

    /** Each incident counts for the fault of its time that it is about, else for any fault of its time, else as surplus. */
    static CauseScore of(String run, List<FaultLabel> labels, List<Incident> incidents) {
        CauseScore score = new CauseScore();
        Map<FaultLabel, List<Incident>> own = new LinkedHashMap<>();
        labels.forEach(label -> own.put(label, new ArrayList<>()));
        for (Incident incident : incidents) {
            List<FaultLabel> inTime =
                    labels.stream().filter(label -> isInTime(incident, label)).toList();
            inTime.stream()
                    .filter(label -> isAbout(incident, label))
                    .findFirst()
                    .or(() -> inTime.stream().findFirst())
                    .ifPresentOrElse(
                            label -> own.getOrDefault(label, new ArrayList<>()).add(incident),
                            () -> score.surplus.add(run + ": no fault, but " + incident.title()));
        }
        own.forEach((label, its) -> score.judged.add(judge(run, label, its)));
        return score;
    }

    private static Judged judge(String run, FaultLabel label, List<Incident> own) {
        Optional<Incident> worst =
                own.stream().max((one, other) -> one.severity().compareTo(other.severity()));
        Map<String, String> truth = label.culprit().isEmpty() ? label.entity() : label.culprit();
        boolean entityRight = worst.isPresent() && names(worst.get(), truth);
        boolean hasCategory = !label.category().equals("unknown");
        boolean categoryRight = worst.isPresent()
                && (!hasCategory || worst.get().cause().category().id().equals(label.category()));
        String mistake = entityRight && categoryRight && own.size() == 1
                ? ""
                : run + ": " + label.fault() + " of " + truth + " (" + label.category() + "): "
                        + own.stream()
                                .map(incident -> incident.title() + " ["
                                        + incident.cause().entity() + ", "
                                        + incident.cause().category().id() + ", "
                                        + incident.cause().scope() + "]")
                                .toList();
        return new Judged(label.fault(), entityRight, categoryRight, own.size(), mistake);
    }

    /** Whether the cause's place is the one, or the part of the cluster is. */
    private static boolean names(Incident incident, Map<String, String> truth) {
        Set<String> levels = Arrays.stream(Entity.Level.values())
                .map(Entity.Level::fieldName)
                .collect(Collectors.toSet());
        if (levels.containsAll(truth.keySet())) {
            return incident.cause().entity().toMap().entrySet().containsAll(truth.entrySet());
        }
        return truth.equals(Map.of(
                incident.cause().scope().level(), incident.cause().scope().value()));
    }

    private static boolean isInTime(Incident incident, FaultLabel label) {
        return !incident.endedAt().isBefore(Instant.parse(label.started()).minus(WHOLE_SECONDS))
                && !incident.startedAt().isAfter(Instant.parse(label.ended()).plus(SLACK));
    }

    private static boolean isAbout(Incident incident, FaultLabel label) {
        return names(incident, label.entity())
                || incident.entities().stream()
                        .map(entity -> entity.toMap().entrySet())
                        .anyMatch(known -> known.containsAll(label.entity().entrySet())
                                || (!label.culprit().isEmpty()
                                        && known.containsAll(label.culprit().entrySet())));
    }

    void add(CauseScore other) {
        judged.addAll(other.judged);
        surplus.addAll(other.surplus);
    }

    /** The part about one fault. */
    CauseScore only(String fault) {
        CauseScore part = new CauseScore();
        judged.stream().filter(one -> one.fault().equals(fault)).forEach(part.judged::add);
        return part;
    }

    int faults() {
        return judged.size();
    }

    double entityRight() {
        return share(judged.stream().filter(Judged::entityRight).count());
    }

    double categoryRight() {
        return share(judged.stream().filter(Judged::categoryRight).count());
    }

    /** Surplus ones count too. */
    double incidentsPerFault() {
        return share(judged.stream().mapToLong(Judged::incidents).sum() + surplus.size());
    }

    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>(surplus);
        judged.stream().map(Judged::mistake).filter(text -> !text.isEmpty()).forEach(mistakes::add);
        return mistakes;
    }

    private double share(long count) {
        return judged.isEmpty() ? Double.NaN : (double) count / judged.size();
    }
}
