package io.faultline.explain.context;

import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.Incident;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says of an incident what it costs and what was changed before it, from what is known of a cluster's last hours. */
final class IncidentContext {

    /** Cost and changes follow what can be interrupted; a GPU or a rank is a part of that. */
    private static final List<Level> CHANGED = List.of(Level.JOB, Level.REPLICA, Level.SERVICE, Level.NODE);

    /** Eight replicas that were started at once are one thing to read. */
    private static final int PER_KIND = 2;

    private static final double MILLIS_PER_HOUR = 3_600_000;

    private final ContextSettings settings;
    private final Memory memory;

    /**
     * What an incident costs.
     *
     * @param cost as people read it
     * @param lost in GPU-milliseconds
     */
    record Priced(Cost cost, double lost) {}

    IncidentContext(ContextSettings settings, Memory memory) {
        this.settings = settings;
        this.memory = memory;
    }

    /** The nearest first, each with its distance. */
    List<Change> changes(Incident incident) {
        Instant from = incident.startedAt().minus(settings.lookBack());
        Map<Change.Kind, Integer> taken = new HashMap<>();
        return subjects(incident, CHANGED).stream()
                .map(memory::of)
                .filter(Objects::nonNull)
                .flatMap(past -> Stream.of(past.changes()))
                .filter(change -> !change.timestamp().isAfter(incident.startedAt())
                        && !change.timestamp().isBefore(from))
                .sorted(Comparator.comparing(Change::timestamp)
                        .reversed()
                        .thenComparing(Change::kind)
                        .thenComparing(Change::text))
                .filter(change -> taken.merge(change.kind(), 1, Integer::sum) <= PER_KIND)
                .limit(Incident.MAX_CHANGES)
                .map(change -> change.before(incident.startedAt()))
                .toList();
    }

    /** The jobs and replicas that it affects, and what each had lost when it began, as far as that is still known. */
    Watched watch(Incident incident, @Nullable Watched before, long now) {
        Map<String, Long> base = new HashMap<>();
        boolean earlier = before != null
                && incident.startedAt().isBefore(before.incident().startedAt());
        for (int i = 0; before != null && !earlier && i < before.baseSubjects().length; i++) {
            base.put(before.baseSubjects()[i], before.baseLost()[i]);
        }
        List<String> affected = new ArrayList<>();
        for (String subject : affected(incident)) {
            Past past = memory.of(subject);
            if (past != null && past.losses().length > 0) {
                affected.add(subject);
                base.computeIfAbsent(
                        subject, name -> past.lost(incident.startedAt().toEpochMilli(), now));
            }
        }
        return new Watched(
                incident,
                affected.toArray(String[]::new),
                affected.stream().mapToLong(base::get).toArray(),
                now,
                0);
    }

    /** What it has cost up to a time, from what was known then. */
    Priced price(Watched watched, long now) {
        // with as many as it had when that began: it may be back with more or less of them
        long began = watched.incident().startedAt().toEpochMilli();
        double lost = 0;
        int gpus = 0;
        boolean running = false;
        for (int i = 0; i < watched.baseSubjects().length; i++) {
            Past past = memory.of(watched.baseSubjects()[i]);
            int its = past == null ? 0 : past.gpus(began, now);
            if (past != null && its > 0) {
                gpus += its;
                lost += (double) its * Math.max(0, past.lost(now, now) - watched.baseLost()[i]);
                running |= past.isLosing(now);
            }
        }
        return gpus == 0
                ? new Priced(Cost.UNKNOWN, 0)
                : new Priced(new Cost(lost / MILLIS_PER_HOUR, gpus, running), lost);
    }

    private Set<String> affected(Incident incident) {
        Set<String> subjects = subjects(incident, List.of(Level.JOB, Level.REPLICA));
        for (Entity entity : incident.entities()) {
            String service = entity.service();
            if (service != null && entity.replica() == null && entity.job() == null) {
                subjects.addAll(memory.replicas(service));
            }
        }
        return subjects;
    }

    private static Set<String> subjects(Incident incident, List<Level> levels) {
        Set<String> subjects = new LinkedHashSet<>();
        for (Entity entity : incident.entities()) {
            for (Level level : levels) {
                String value = entity.get(level);
                if (value != null) {
                    subjects.add(level.fieldName() + '/' + value);
                }
            }
        }
        return subjects;
    }
}
