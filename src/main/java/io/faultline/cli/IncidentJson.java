package io.faultline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Cause;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Part;
import io.faultline.model.Scope;
import java.util.List;
import java.util.Locale;

/** An incident as scripts read it: one JSON object on one line, its keys a contract. */
final class IncidentJson {

    private static final JsonNodeFactory JSON = new ObjectMapper().getNodeFactory();

    private IncidentJson() {}

    static String of(Incident incident) {
        ObjectNode node = JSON.objectNode();
        node.put("id", incident.id());
        node.put("title", incident.title());
        node.put("severity", incident.severity().id());
        node.put("started", incident.startedAt().toString());
        node.put("ended", incident.endedAt().toString());
        ObjectNode cause = cause(incident.cause());
        cause.put("title", incident.cause().title());
        ArrayNode advice = cause.putArray("advice");
        incident.responses().forEach(advice::add);
        node.set("cause", cause);
        node.set("evidence", evidence(incident.evidence()));
        ArrayNode rules = node.putArray("rules");
        incident.rules().forEach(rules::add);
        if (!incident.parts().isEmpty()) {
            node.set("parts", parts(incident.parts()));
        }
        if (incident.cost().isKnown()) {
            node.set("cost", cost(incident.cost()));
        }
        if (!incident.changes().isEmpty()) {
            node.set("changes", changes(incident.changes()));
        }
        return node.toString();
    }

    private static ObjectNode cost(Cost cost) {
        return JSON.objectNode()
                .put("gpu_hours", Math.round(cost.gpuHours() * 1000) / 1000.0)
                .put("gpus", cost.gpus())
                .put("running", cost.running());
    }

    private static ArrayNode changes(List<Change> changes) {
        ArrayNode node = JSON.arrayNode();
        changes.forEach(change -> node.addObject()
                .put("timestamp", change.timestamp().toString())
                .put("kind", lower(change.kind()))
                .put("entity", change.entity().toString())
                .put("text", change.text())
                .put("seconds_before", change.secondsBefore())
                .put("origin", change.origin().toString()));
        return node;
    }

    private static ObjectNode cause(Cause cause) {
        ObjectNode node = JSON.objectNode();
        node.put("kind", cause.kind());
        node.put("entity", cause.entity().toString());
        node.put("confidence", Math.round(cause.confidence() * 1000) / 1000.0);
        ArrayNode because = node.putArray("because");
        cause.because().forEach(because::add);
        node.put("verdict", lower(cause.verdict()));
        node.put("class", cause.category().id());
        if (cause.scope().isKnown()) {
            node.set("scope", scope(cause.scope()));
        }
        return node;
    }

    /** What its members have in common, as the inventory calls it. */
    private static ObjectNode scope(Scope scope) {
        return JSON.objectNode()
                .put("level", scope.level())
                .put("value", scope.value())
                .put("affected", scope.affected())
                .put("members", scope.members())
                .put("outside", scope.outside())
                .put("p", scope.pValue());
    }

    private static ArrayNode parts(List<Part> parts) {
        ArrayNode nodes = JSON.arrayNode();
        for (Part part : parts) {
            nodes.addObject()
                    .put("role", lower(part.role()))
                    .put("rule", part.rule())
                    .put("title", part.title())
                    .put("entity", part.entity().toString())
                    .put("started", part.startsAt().toString());
        }
        return nodes;
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static ArrayNode evidence(List<Evidence> lines) {
        ArrayNode nodes = JSON.arrayNode();
        for (Evidence line : lines) {
            nodes.addObject()
                    .put("file", line.origin().name())
                    .put("line", line.origin().position())
                    .put("text", line.text())
                    .put("step", line.step())
                    .put("timestamp", line.timestamp().toString());
        }
        return nodes;
    }
}
