package io.faultline.cli.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Cause;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The report's data as the page's script reads it: times are milliseconds, words are as people read them. */
final class ReportJson {

    /** Of what was rejected, enough to recognise it. */
    private static final int EXAMPLE_BYTES = 200;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportJson() {}

    static ObjectNode of(ReportData data) {
        ObjectNode node = JSON.objectNode();
        node.put("title", data.title());
        node.put("from", millis(data.from()));
        node.put("to", millis(data.to()));
        node.set("totals", totals(data));
        ArrayNode incidents = node.putArray("incidents");
        data.incidents().forEach(incident -> incidents.add(incident(incident)));
        ArrayNode charts = node.putArray("charts");
        Chart.of(data.series(), data.incidents()).forEach(chart -> charts.add(chart(chart)));
        ArrayNode rejected = node.putArray("rejected");
        data.rejected().forEach(count -> rejected.add(rejected(count)));
        return node;
    }

    private static ObjectNode totals(ReportData data) {
        ReportData.Totals totals = data.totals();
        return JSON.objectNode()
                .put("files", totals.files())
                .put("lines", totals.lines())
                .put("events", totals.events())
                .put("alerts", totals.alerts())
                .put(
                        "rejected",
                        data.rejected().stream().mapToLong(RejectedCount::count).sum())
                .put("tookMillis", totals.took().toMillis());
    }

    private static ObjectNode incident(Incident incident) {
        ObjectNode node = JSON.objectNode();
        node.put("id", incident.id());
        node.put("title", incident.title());
        node.put("severity", incident.severity().id());
        node.put("from", incident.startedAt().toEpochMilli());
        node.put("to", incident.endedAt().toEpochMilli());
        node.put("alerts", incident.alerts());
        node.set("cause", cause(incident.cause()));
        ArrayNode entities = node.putArray("entities");
        incident.entities().forEach(entity -> entities.add(entity(entity)));
        node.set("rules", texts(incident.rules()));
        node.set("responses", texts(incident.responses()));
        Cost cost = incident.cost();
        if (cost.isKnown()) {
            node.putObject("cost")
                    .put("gpuHours", rounded(cost.gpuHours()))
                    .put("gpus", cost.gpus())
                    .put("running", cost.running());
        }
        ArrayNode changes = node.putArray("changes");
        incident.changes().forEach(change -> changes.addObject()
                .put("time", change.timestamp().toEpochMilli())
                .put("secondsBefore", change.secondsBefore())
                .put("place", change.origin().toString())
                .put("text", change.text()));
        ArrayNode evidence = node.putArray("evidence");
        incident.evidence().forEach(line -> evidence.add(evidence(line)));
        return node;
    }

    private static ObjectNode cause(Cause cause) {
        ObjectNode node = JSON.objectNode();
        node.put("verdict", cause.verdict().name().toLowerCase(Locale.ROOT));
        node.put("category", cause.category().id());
        node.put("kind", cause.kind());
        node.set("entity", entity(cause.entity()));
        node.put("title", cause.title());
        node.put("confidence", Math.max(0, Math.min(1, cause.confidence())));
        node.set("because", texts(cause.because()));
        return node;
    }

    private static ObjectNode evidence(Evidence line) {
        return JSON.objectNode()
                .put("time", line.timestamp().toEpochMilli())
                .put("place", line.origin().toString())
                .put("text", line.text());
    }

    private static ObjectNode chart(Chart chart) {
        ObjectNode node = JSON.objectNode();
        node.put("group", chart.group());
        node.put("title", chart.title());
        node.put("unit", chart.unit());
        ArrayNode lines = node.putArray("lines");
        for (Chart.Line line : chart.lines()) {
            ObjectNode lineNode = lines.addObject();
            lineNode.put("name", line.name());
            lineNode.put("colour", line.colour());
            lineNode.put("dashed", line.dashed());
            ArrayNode points = lineNode.putArray("points");
            for (ReportSeries.Point point : line.points()) {
                ArrayNode pair = points.addArray().add(point.epochMillis());
                if (Double.isFinite(point.value())) {
                    pair.add(rounded(point.value()));
                } else {
                    pair.addNull();
                }
            }
        }
        ArrayNode incidents = node.putArray("incidents");
        chart.incidents().forEach(incidents::add);
        return node;
    }

    private static ObjectNode rejected(RejectedCount count) {
        byte[] payload = count.first().payload();
        String example = new String(payload, 0, Math.min(payload.length, EXAMPLE_BYTES), StandardCharsets.UTF_8);
        return JSON.objectNode()
                .put("stage", count.first().stage())
                .put(
                        "reason",
                        count.first().reason().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .put("count", count.count())
                .put("place", count.first().origin().toString())
                .put("detail", count.first().detail())
                .put("example", example);
    }

    private static ObjectNode entity(Entity entity) {
        ObjectNode node = JSON.objectNode();
        entity.toMap().forEach(node::put);
        return node;
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode node = JSON.arrayNode();
        texts.forEach(node::add);
        return node;
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    /** Six digits are more than a chart can show, and a third of the size. */
    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.6g", value));
    }
}
