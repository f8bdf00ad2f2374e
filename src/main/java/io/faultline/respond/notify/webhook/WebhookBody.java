package io.faultline.respond.notify.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Cause;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.respond.notify.channel.Notice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** A notice as JSON. Field names are those of {@code scan --json}, and a few about the notice itself. */
final class WebhookBody {

    private static final ObjectMapper JSON = new ObjectMapper();

    private WebhookBody() {}

    static byte[] of(Notice notice) {
        Incident incident = notice.incident();
        ObjectNode body = JSON.createObjectNode();
        body.put("key", notice.key());
        body.put("reason", word(notice.reason()));
        body.put("receiver", notice.receiver());
        body.put("id", incident.id());
        body.put("revision", incident.revision());
        body.put("state", word(incident.state()));
        body.put("title", incident.title());
        body.put("severity", incident.severity().id());
        body.put("started", incident.startedAt().toString());
        body.put("ended", incident.endedAt().toString());
        body.set("cause", cause(incident.cause()));
        ArrayNode entities = body.putArray("entities");
        incident.entities().forEach(entity -> entities.add(entity(entity)));
        body.set("rules", texts(incident.rules()));
        body.set("responses", texts(incident.responses()));
        ArrayNode evidence = body.putArray("evidence");
        incident.evidence().forEach(line -> evidence.add(evidence(line)));
        body.put("alerts", incident.alerts());
        return bytes(body);
    }

    private static ObjectNode cause(Cause cause) {
        ObjectNode node = JSON.createObjectNode();
        node.put("category", cause.category().id());
        node.put("kind", cause.kind());
        node.set("entity", entity(cause.entity()));
        node.put("title", cause.title());
        node.put("confidence", cause.confidence());
        node.put("verdict", word(cause.verdict()));
        node.set("because", texts(cause.because()));
        return node;
    }

    private static ObjectNode entity(Entity entity) {
        ObjectNode node = JSON.createObjectNode();
        entity.toMap().forEach(node::put);
        return node;
    }

    private static ObjectNode evidence(Evidence line) {
        ObjectNode node = JSON.createObjectNode();
        node.put("step", line.step());
        node.put("time", line.timestamp().toString());
        node.put("kind", line.kind().id());
        node.put("file", line.origin().name());
        node.put("line", line.origin().position());
        node.put("text", line.text());
        node.set("entity", entity(line.entity()));
        return node;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode array = JSON.createArrayNode();
        texts.forEach(array::add);
        return array;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static byte[] bytes(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers is always JSON", e);
        }
    }
}
