package io.faultline.respond.notify.alertmanager;

import static io.faultline.model.Instants.later;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Incident;
import io.faultline.respond.notify.channel.Channel;
import io.faultline.respond.notify.channel.ChannelContext;
import io.faultline.respond.notify.channel.HttpPost;
import io.faultline.respond.notify.channel.Json;
import io.faultline.respond.notify.channel.Message;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import io.faultline.respond.notify.channel.Receipt;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Posts incidents to an Alertmanager's API v2. To it an alert is its labels, so these hold only what does not change in
 * the life of an incident, and its severity, which routes need. When the severity rises, the alert with the lower one is
 * ended in the same request; which one that is the Alertmanager is asked, since it would tell the end of any other too.
 */
final class AlertmanagerChannel implements Channel {

    /** How long a test fires: long enough to be seen. */
    private static final Duration OF_A_TEST = Duration.ofMinutes(5);

    private final AlertmanagerSettings settings;
    private final ChannelContext context;
    private final HttpPost http;
    private final URI alerts;

    AlertmanagerChannel(AlertmanagerSettings settings, ChannelContext context) {
        this.settings = settings;
        this.context = context;
        this.http = new HttpPost(context.timeout());
        String url = settings.url().value();
        this.alerts = URI.create((url.endsWith("/") ? url : url + "/") + "api/v2/alerts");
    }

    @Override
    public Receipt deliver(Notice notice) {
        ArrayNode body = body(notice);
        if (notice.reason() != NotifyReason.OPENED) {
            for (Incident incident : incidents(notice)) {
                Receipt asked = addEnds(body, incident);
                if (!(asked instanceof Receipt.Delivered)) {
                    return asked;
                }
            }
        }
        return http.send(alerts, Map.of("Content-Type", "application/json"), Json.bytes(body));
    }

    @Override
    public String preview(Notice notice) {
        return body(notice).toPrettyString();
    }

    private ArrayNode body(Notice notice) {
        ArrayNode body = Json.array();
        add(body, new Notice(notice.receiver(), notice.reason(), notice.incident()));
        notice.others().forEach(other -> add(body, notice.alone(other)));
        return body;
    }

    private void add(ArrayNode body, Notice alone) {
        Message message = context.wording().message(alone);
        Duration hold = alone.reason() == NotifyReason.TEST ? OF_A_TEST : settings.hold();
        body.add(alert(alone.incident(), message, message.over() ? Duration.ZERO : hold));
    }

    private static List<Incident> incidents(Notice notice) {
        List<Incident> incidents = new ArrayList<>(List.of(notice.incident()));
        incidents.addAll(notice.others());
        return incidents;
    }

    /** Ends what fires there of an incident under other labels: a lower severity, or labels that were set before. */
    private Receipt addEnds(ArrayNode body, Incident incident) {
        String filter = URLEncoder.encode("incident=\"" + incident.id() + "\"", StandardCharsets.UTF_8);
        return http.ask(URI.create(alerts + "?filter=" + filter), answer -> {
            JsonNode labels = labels(incident);
            for (JsonNode firing : Json.parsed(answer.body())) {
                if (!firing.path("labels").equals(labels)) {
                    ObjectNode end = body.addObject();
                    end.set("labels", firing.path("labels"));
                    end.set("annotations", firing.path("annotations"));
                    end.set("startsAt", firing.path("startsAt"));
                    end.put("endsAt", endsAt(incident, Duration.ZERO).toString());
                }
            }
            return new Receipt.Delivered(answer.detail());
        });
    }

    private ObjectNode labels(Incident incident) {
        ObjectNode labels = Json.object();
        labels.put("alertname", "FaultlineIncident");
        labels.put("incident", incident.id());
        labels.put("severity", incident.severity().id());
        settings.labels().forEach(label -> {
            int equals = label.indexOf('=');
            labels.put(label.substring(0, equals), label.substring(equals + 1));
        });
        return labels;
    }

    private ObjectNode alert(Incident incident, Message message, Duration hold) {
        ObjectNode alert = Json.object();
        alert.set("labels", labels(incident));
        ObjectNode annotations = alert.putObject("annotations");
        annotations.put("summary", message.subject());
        annotations.put("description", message.text());
        alert.put("startsAt", incident.startedAt().toString());
        alert.put("endsAt", endsAt(incident, hold).toString());
        message.links().stream().findFirst().ifPresent(link -> alert.put("generatorURL", link.url()));
        return alert;
    }

    /** Without an end the Alertmanager makes one after its {@code resolve_timeout}, five minutes by default. */
    private Instant endsAt(Incident incident, Duration hold) {
        return later(context.clock().instant().plus(hold), incident.startedAt());
    }
}
