package io.faultline.respond.notify.webhook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Cause;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Scope;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Notice;
import java.util.List;
import java.util.Locale;

/** A notice as JSON. Field names are those of {@code scan --json}, and a few about the notice itself. */
final class WebhookBody {

    private WebhookBody() {}

    static byte[] of(Notice notice) {
        Incident incident = notice.incident();
        ObjectNode body = Json.object();
        body.put("key", notice.key());
        body.put("reason", word(notice.reason()));
        body.put("receiver", notice.receiver());
        put(body, incident);
        ArrayNode others = body.putArray("others");
        notice.others().forEach(other -> put(others.addObject(), other));
        body.put("more", notice.more());
        return Json.bytes(body);
    }

    private static void put(ObjectNode body, Incident incident) {
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
        ArrayNode changes = body.putArray("changes");
        incident.changes().forEach(change -> changes.add(change(change)));
        if (incident.cause().scope().isKnown()) {
            body.set("scope", scope(incident.cause().scope()));
        }
        if (incident.cost().isKnown()) {
            body.putObject("cost")
                    .put("gpu_hours", incident.cost().gpuHours())
                    .put("gpus", incident.cost().gpus())
                    .put("running", incident.cost().running());
        }
    }

    private static ObjectNode cause(Cause cause) {
        ObjectNode node = Json.object();
        node.put("category", cause.category().id());
        node.put("kind", cause.kind());
        node.set("entity", entity(cause.entity()));
        node.put("title", cause.title());
        node.put("confidence", cause.confidence());
        node.put("verdict", word(cause.verdict()));
        node.set("because", texts(cause.because()));
        return node;
    }

    private static ObjectNode change(Change change) {
        ObjectNode node = Json.object();
        node.put("time", change.timestamp().toString());
        node.put("kind", word(change.kind()));
        node.set("entity", entity(change.entity()));
        node.put("text", change.text());
        node.put("seconds_before", change.secondsBefore());
        return node;
    }

    private static ObjectNode scope(Scope scope) {
        ObjectNode node = Json.object();
        node.put("level", scope.level());
        node.put("value", scope.value());
        node.put("affected", scope.affected());
        node.put("members", scope.members());
        node.put("outside", scope.outside());
        node.put("p_value", scope.pValue());
        return node;
    }

    private static ObjectNode entity(Entity entity) {
        ObjectNode node = Json.object();
        entity.toMap().forEach(node::put);
        return node;
    }

    private static ObjectNode evidence(Evidence line) {
        ObjectNode node = Json.object();
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
        ArrayNode array = Json.array();
        texts.forEach(array::add);
        return array;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
