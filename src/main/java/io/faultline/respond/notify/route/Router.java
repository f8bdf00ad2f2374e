package io.faultline.respond.notify.route;

import io.faultline.model.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides which groups an incident goes to, and which open incidents keep which others quiet. */
final class Router {

    private static final Comparator<Incident> BY_AGE =
            Comparator.comparing(Incident::startedAt).thenComparing(Incident::id);

    private final Route top;
    private final List<InhibitRule> inhibitRules;

    Router(Route top, List<InhibitRule> inhibitRules) {
        this.top = top;
        this.inhibitRules = inhibitRules;
    }

    /** The groups of an incident: those that it went to before, and those that it goes to as it is now. */
    Targets targets(Incident incident, Targets before) {
        Labels labels = Labels.of(incident);
        Targets targets = before;
        for (Route route : top.of(labels)) {
            if (!route.receiver().isEmpty()) {
                targets = targets.with(group(route, labels), route);
            }
        }
        return targets;
    }

    /**
     * What is to be told of: the revision, and anew each incident that it lets speak or keeps quiet from now on.
     *
     * @param incident the revision
     * @param open the open incidents of the cluster by id; changed to what they are then
     */
    List<Quieted> weigh(Incident incident, Map<String, Quieted> open) {
        List<Quieted> weighed = new ArrayList<>();
        if (incident.state() == Incident.State.OPEN) {
            open.put(incident.id(), new Quieted(incident, ""));
        } else {
            open.remove(incident.id());
            // nothing keeps an end quiet: who never heard of it is not told of its end either
            weighed.add(new Quieted(incident, ""));
        }
        for (Quieted known : List.copyOf(open.values())) {
            Quieted now = new Quieted(known.incident(), inhibitor(known.incident(), open));
            if (known.incident().id().equals(incident.id()) || !now.by().equals(known.by())) {
                open.put(now.incident().id(), now);
                weighed.add(now);
            }
        }
        return weighed;
    }

    static List<Routed> routed(Quieted quieted, Targets targets) {
        List<Routed> routed = new ArrayList<>();
        for (int i = 0; i < targets.groups().length; i++) {
            routed.add(new Routed(
                    targets.groups()[i],
                    targets.routes()[i],
                    targets.receivers()[i],
                    quieted.incident(),
                    quieted.by()));
        }
        return routed;
    }

    private String inhibitor(Incident target, Map<String, Quieted> open) {
        Labels labels = Labels.of(target);
        return open.values().stream()
                .map(Quieted::incident)
                .filter(source -> !source.id().equals(target.id()))
                .filter(source -> inhibitRules.stream().anyMatch(rule -> rule.inhibits(Labels.of(source), labels)))
                .min(BY_AGE)
                .map(Incident::id)
                .orElse("");
    }

    private static String group(Route route, Labels labels) {
        Map<String, String> values = new LinkedHashMap<>();
        route.groupBy().forEach(label -> values.put(label, labels.first(label)));
        return route.receiver() + "|" + route.id() + "|" + values;
    }
}
