package io.faultline.explain.context;

import io.faultline.explain.complete.Completeness;
import io.faultline.explain.context.IncidentContext.Priced;
import io.faultline.model.Cost;
import io.faultline.model.Incident;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Tells incidents with their context, and tells them again when their cost has changed much. */
final class Teller {

    private static final double DOUBLED = 2;

    private final ContextSettings settings;
    private final Memory memory;
    private final IncidentContext context;
    private final Shelf<Watched> watched;
    private final Shelf<Revision> revisions;

    Teller(ContextSettings settings, Memory memory, Shelf<Watched> watched, Shelf<Revision> revisions) {
        this.settings = settings;
        this.memory = memory;
        this.context = new IncidentContext(settings, memory);
        this.watched = watched;
        this.revisions = revisions;
    }

    void tell(Incident incident, long now, Consumer<Incident> out) {
        Revision before = revisions.get(incident.id());
        int revision = before == null ? incident.revision() : Math.max(before.number() + 1, incident.revision());
        Incident next = Completeness.of(incident.withRevision(revision), memory.sources());
        if (incident.state() == Incident.State.MERGED) {
            // what it cost is counted where its alerts are now
            watched.remove(incident.id());
            revisions.put(incident.id(), new Revision(revision, now));
            out.accept(next.with(List.of(), Cost.UNKNOWN));
            return;
        }
        Watched fresh = context.watch(next, watched.get(incident.id()), now);
        Priced priced = context.price(fresh, now);
        told(fresh, next.with(context.changes(next), priced.cost()), priced, now, out);
    }

    /** Tells again what costs twice as much as was told, or is resolved and costs no more although it did. */
    void follow(long now, Consumer<Incident> out) {
        for (Watched one : inOrder()) {
            if (one.toldAt() + settings.updateInterval().toMillis() > now) {
                continue;
            }
            Priced priced = context.price(one, now);
            boolean resolved = one.incident().state() == Incident.State.RESOLVED;
            boolean doubled = priced.lost() > 0 && priced.lost() >= DOUBLED * one.lost();
            if (resolved ? !priced.cost().running() : doubled) {
                tellCost(one, priced, now, out);
            }
        }
    }

    /** Nothing more comes: tells what costs more than was told. */
    void finish(long last, Consumer<Incident> out) {
        for (Watched one : inOrder()) {
            Priced priced = context.price(one, last);
            if (priced.lost() > one.lost()) {
                tellCost(one, priced, last, out);
            }
        }
    }

    private void tellCost(Watched one, Priced priced, long now, Consumer<Incident> out) {
        Incident next = one.incident().withRevision(one.incident().revision() + 1);
        told(one, next.with(next.changes(), priced.cost()), priced, now, out);
    }

    private void told(Watched one, Incident next, Priced priced, long now, Consumer<Incident> out) {
        if (next.state() == Incident.State.RESOLVED && !priced.cost().running()) {
            watched.remove(next.id());
        } else {
            watched.put(next.id(), new Watched(next, one.baseSubjects(), one.baseLost(), now, priced.lost()));
        }
        revisions.put(next.id(), new Revision(next.revision(), now));
        out.accept(next);
    }

    private List<Watched> inOrder() {
        return watched.all().values().stream()
                .sorted(Comparator.comparing(one -> one.incident().id()))
                .toList();
    }

    /** Ends the numbers of incidents that will not be told again. */
    void forget(long now) {
        Map<String, Watched> open = watched.all();
        revisions.all().forEach((id, revision) -> {
            if (revision.toldAt() + settings.memory().toMillis() <= now && !open.containsKey(id)) {
                revisions.remove(id);
            }
        });
    }
}
