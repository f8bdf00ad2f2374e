package io.faultline.detect.match;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.settings.Durations;
import io.faultline.settings.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One story of a rule's file: events in time, and the alerts that they must and may bring. */
public record Story(String rule, String title, List<LogEvent> events, Duration until, List<Expected> alerts) {

    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    /** An alert as a story writes it; {@code cause} is empty where the story does not say. */
    public record Expected(String rule, String group, Duration starts, Duration at, String cause) {}

    public static List<Story> all() throws Exception {
        List<Story> stories = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/stories"))) {
            for (Path file : files.sorted().toList()) {
                for (JsonNode node : YamlFile.read(file)) {
                    stories.add(read(file.getFileName().toString().replace(".yaml", ""), node));
                }
            }
        }
        return stories;
    }

    private static Story read(String rule, JsonNode node) {
        List<LogEvent> events = new ArrayList<>();
        for (JsonNode written : node.get("events")) {
            int times = written.path("times").asInt(1);
            for (int i = 0; i < times; i++) {
                Duration at =
                        duration(written, "at").plus(duration(written, "every").multipliedBy(i));
                events.add(event(written, entity(node.path("entity"), written.path("entity")), at, events.size() + 1));
            }
        }
        events.sort(Comparator.comparing(LogEvent::timestamp));
        List<Expected> alerts = new ArrayList<>();
        for (JsonNode alert : node.path("alerts")) {
            alerts.add(new Expected(
                    alert.get("rule").asText(),
                    alert.get("group").asText(),
                    duration(alert, "starts"),
                    duration(alert, "at"),
                    alert.path("cause").asText("")));
        }
        return new Story(rule, node.get("story").asText(), events, duration(node, "until"), alerts);
    }

    private static LogEvent event(JsonNode node, Entity entity, Duration at, int line) {
        Measures.Builder measures = Measures.builder();
        node.path("measures")
                .properties()
                .forEach(field -> measures.put(
                        field.getKey(), Double.parseDouble(field.getValue().asText())));
        Map<String, String> attributes = new LinkedHashMap<>();
        node.path("attributes")
                .properties()
                .forEach(
                        field -> attributes.put(field.getKey(), field.getValue().asText()));
        EventKind kind = EventKind.ofId(node.get("kind").asText());
        return new LogEvent(
                START.plus(at),
                START.plus(at),
                node.path("severity").asInt(9),
                "",
                node.path("message").asText("line " + line),
                "story",
                kind,
                entity,
                measures.build(),
                Attributes.of(attributes),
                "",
                0,
                Origin.file("story.log", line));
    }

    private static Entity entity(JsonNode common, JsonNode own) {
        Entity entity = Entity.UNKNOWN;
        for (JsonNode parts : List.of(common, own)) {
            for (var field : parts.properties()) {
                Entity.Level level = Entity.Level.valueOf(field.getKey().toUpperCase(Locale.ROOT));
                entity = entity.with(level, field.getValue().asText());
            }
        }
        return entity;
    }

    private static Duration duration(JsonNode node, String key) {
        return node.has(key) ? Durations.parse(node.get(key).asText()) : Duration.ZERO;
    }

    @Override
    public String toString() {
        return rule + ": " + title;
    }
}
