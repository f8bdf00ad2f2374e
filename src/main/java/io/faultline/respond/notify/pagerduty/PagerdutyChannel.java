package io.faultline.respond.notify.pagerduty;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Receipt;
import io.faultline.respond.notify.channel.TextLine;
import io.faultline.respond.notify.channel.Wording;
import java.net.URI;
import java.util.Map;

/**
 * Sends events to PagerDuty's Events API v2, one an incident. The deduplication key is the incident's id: whatever is
 * told of it again changes its alert, and its end resolves it.
 */
final class PagerdutyChannel implements Channel {

    /** Longer ones are refused. */
    private static final int MAX_SUMMARY = 1024;

    private final PagerdutySettings settings;
    private final Wording wording;
    private final HttpPost http;

    PagerdutyChannel(PagerdutySettings settings, ChannelContext context) {
        this.settings = settings;
        this.wording = context.wording();
        this.http = new HttpPost(context.timeout());
    }

    /**
     * Of several incidents each has its event; where one is not taken, all are sent again, which changes nothing. What a
     * test raises it ends at once: nobody would come to close it.
     */
    @Override
    public Receipt deliver(Notice notice) {
        Receipt receipt = send(event(notice));
        if (notice.reason() == NotifyReason.TEST && receipt instanceof Receipt.Delivered) {
            return send(event(notice).put("event_action", "resolve"));
        }
        for (Incident other : notice.others()) {
            if (!(receipt instanceof Receipt.Delivered)) {
                return receipt;
            }
            receipt = send(event(notice.alone(other)));
        }
        return receipt;
    }

    @Override
    public String preview(Notice notice) {
        ObjectNode shown = event(notice);
        shown.put("routing_key", settings.routingKey().toString());
        return shown.toPrettyString();
    }

    private Receipt send(ObjectNode event) {
        return http.send(
                URI.create(settings.eventsUrl()),
                Map.of("Content-Type", "application/json"),
                Json.bytes(event),
                answer -> new Receipt.Delivered(answer.detail()));
    }

    private ObjectNode event(Notice notice) {
        Incident incident = notice.incident();
        Message message = wording.message(new Notice(notice.receiver(), notice.reason(), incident));
        ObjectNode event = Json.object();
        event.put("routing_key", settings.routingKey().value());
        event.put("event_action", message.over() ? "resolve" : "trigger");
        event.put("dedup_key", incident.id());
        event.put("client", "Faultline");
        ObjectNode payload = event.putObject("payload");
        payload.put("summary", TextLine.cut(message.subject(), MAX_SUMMARY));
        payload.put("source", source(incident));
        payload.put("severity", severity(incident.severity()));
        payload.put("timestamp", incident.startedAt().toString());
        payload.put("component", message.where());
        payload.put("class", incident.cause().kind());
        ObjectNode details = payload.putObject("custom_details");
        message.facts().forEach(fact -> details.put(fact.name(), fact.value()));
        message.passages().forEach(passage -> {
            ArrayNode lines = details.putArray(passage.name());
            passage.items().forEach(lines::add);
        });
        ArrayNode notes = Json.array();
        message.sentences().forEach(sentence -> notes.add(sentence.text()));
        if (!notes.isEmpty()) {
            details.set("notes", notes);
        }
        ArrayNode links = event.putArray("links");
        message.links()
                .forEach(link -> links.addObject().put("href", link.url()).put("text", link.name()));
        return event;
    }

    /** Where it is: the node or what else is the largest thing that is known; PagerDuty wants one. */
    private static String source(Incident incident) {
        return incident.cause().entity().toMap().values().stream().findFirst().orElse("faultline");
    }

    /** PagerDuty has four. */
    private static String severity(Level level) {
        return switch (level) {
            case CRITICAL -> "critical";
            case HIGH -> "error";
            case MEDIUM, LOW -> "warning";
            case INFORMATIONAL -> "info";
        };
    }
}
