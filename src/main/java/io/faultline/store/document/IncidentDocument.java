package io.faultline.store.document;

import io.faultline.model.Cause;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.model.Part;
import io.faultline.model.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Incidents: {@code faultline-incidents}, a document an incident; a later revision overwrites an earlier one. */
public final class IncidentDocument implements Document<Incident> {

    @Override
    public String name() {
        return "incidents";
    }

    @Override
    public String id(Incident incident) {
        return incident.id();
    }

    @Override
    public @Nullable Instant day(Incident incident) {
        return null;
    }

    @Override
    public void fields(Incident incident, Fields fields) throws IOException {
        fields.time("@timestamp", incident.startedAt());
        fields.text("message", incident.title());
        fields.text("event.kind", "alert");
        fields.time("event.start", incident.startedAt());
        fields.time("event.end", incident.endedAt());
        fields.texts("rule.id", incident.rules());
        fields.entities(incident.entities());
        fields.text("incident.id", incident.id());
        fields.number("incident.revision", incident.revision());
        fields.text("incident.state", incident.state().name().toLowerCase(Locale.ROOT));
        fields.text("incident.title", incident.title());
        fields.text("incident.severity", incident.severity().id());
        fields.number(
                "incident.duration_seconds",
                Duration.between(incident.startedAt(), incident.endedAt()).toSeconds());
        fields.number("incident.alerts", incident.alerts());
        fields.texts(
                "incident.entities",
                incident.entities().stream().map(Entity::toString).toList());
        fields.texts("incident.responses", incident.responses());
        cause(incident.cause(), fields);
        fields.texts(
                "incident.cause.rules",
                incident.parts().stream()
                        .filter(part -> part.role() == Part.Role.INITIATING)
                        .map(Part::rule)
                        .toList());
        fields.parts("incident.parts", incident.parts());
        fields.evidence("incident.evidence", incident.evidence());
        fields.changes("incident.changes", incident.changes());
        fields.number("incident.completeness", incident.completeness());
        cost(incident.cost(), fields);
    }

    private static void cost(Cost cost, Fields fields) throws IOException {
        if (cost.isKnown()) {
            fields.number("incident.cost.gpu_hours", cost.gpuHours());
            fields.number("incident.cost.gpus", cost.gpus());
            fields.flag("incident.cost.running", cost.running());
        }
    }

    private static void cause(Cause cause, Fields fields) throws IOException {
        fields.text("incident.cause.category", cause.category().id());
        fields.text("incident.cause.kind", cause.kind());
        fields.text("incident.cause.entity", cause.entity().toString());
        fields.text("incident.cause.title", cause.title());
        fields.number("incident.cause.confidence", cause.confidence());
        fields.text("incident.cause.verdict", cause.verdict().name().toLowerCase(Locale.ROOT));
        fields.texts("incident.cause.because", cause.because());
        Scope scope = cause.scope();
        if (scope.isKnown()) {
            fields.text("incident.cause.scope.level", scope.level());
            fields.text("incident.cause.scope.value", scope.value());
            fields.number("incident.cause.scope.affected", scope.affected());
            fields.number("incident.cause.scope.members", scope.members());
            fields.number("incident.cause.scope.outside", scope.outside());
            fields.number("incident.cause.scope.p_value", scope.pValue());
        }
    }
}
