package io.faultline.respond.notify.route;

import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.settings.NearestWord;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What routes, inhibitions and silences can ask of an incident. A label may have several values: an incident on three
 * nodes has three in {@code node}, those of its cause first.
 */
public final class Labels {

    /** Besides the parts of an {@link Entity}: what the incident itself is. */
    static final String INCIDENT = "incident";

    static final String SEVERITY = "severity";
    static final String CATEGORY = "category";
    static final String CAUSE = "cause";
    static final String VERDICT = "verdict";
    static final String RULE = "rule";

    private static final Set<String> NAMES = names();

    private final Map<String, Set<String>> values = new LinkedHashMap<>();

    private Labels() {}

    public static Labels of(Incident incident) {
        Labels labels = new Labels();
        labels.add(INCIDENT, incident.id());
        labels.add(SEVERITY, incident.severity().id());
        labels.add(CATEGORY, incident.cause().category().id());
        labels.add(CAUSE, incident.cause().kind());
        labels.add(VERDICT, incident.cause().verdict().name().toLowerCase(Locale.ROOT));
        incident.rules().forEach(rule -> labels.add(RULE, rule));
        labels.add(incident.cause().entity());
        incident.entities().forEach(labels::add);
        if (incident.cause().scope().isKnown()) {
            labels.add(
                    incident.cause().scope().level(), incident.cause().scope().value());
        }
        return labels;
    }

    /**
     * What to write instead of a name that is one letter or two off; empty for every other name, since an inventory may
     * call the levels of a scope what it likes.
     */
    static String hint(String name) {
        return NAMES.contains(name) ? "" : NearestWord.hint(name, NAMES);
    }

    /** Its values, the one of the cause first; empty where it has none. */
    public Set<String> get(String name) {
        return values.getOrDefault(name, Set.of());
    }

    /** The first value; empty where there is none. */
    public String first(String name) {
        return get(name).stream().findFirst().orElse("");
    }

    private void add(Entity entity) {
        for (Entity.Level level : Entity.Level.values()) {
            String value = entity.get(level);
            if (value != null) {
                add(level.fieldName(), value);
            }
        }
    }

    private void add(String name, String value) {
        values.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value);
    }

    private static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of(INCIDENT, SEVERITY, CATEGORY, CAUSE, VERDICT, RULE));
        for (Entity.Level level : Entity.Level.values()) {
            names.add(level.fieldName());
        }
        return names;
    }
}
