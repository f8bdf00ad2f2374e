package io.faultline.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Cause;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import java.util.List;

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
        node.set("cause", cause(incident.cause()));
        node.set("evidence", evidence(incident.evidence()));
        ArrayNode rules = node.putArray("rules");
        incident.rules().forEach(rules::add);
        return node.toString();
    }

    private static ObjectNode cause(Cause cause) {
        ObjectNode node = JSON.objectNode();
        node.put("kind", cause.kind());
        node.put("entity", cause.entity().toString());
        node.put("confidence", Math.round(cause.confidence() * 1000) / 1000.0);
        ArrayNode because = node.putArray("because");
        cause.because().forEach(because::add);
        return node;
    }

    private static ArrayNode evidence(List<Evidence> lines) {
        ArrayNode nodes = JSON.arrayNode();
        for (Evidence line : lines) {
            nodes.addObject()
                    .put("file", line.origin().name())
                    .put("line", line.origin().position())
                    .put("text", line.text());
        }
        return nodes;
    }
}
