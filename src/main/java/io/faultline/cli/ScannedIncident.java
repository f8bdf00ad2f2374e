package io.faultline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Origin;
import io.faultline.model.Scope;
import io.faultline.settings.Problems;
import io.faultline.settings.YamlFile;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads incidents back that {@code scan --json} wrote, as far as messages need them. */
final class ScannedIncident {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ScannedIncident() {}

    /** The incidents of a file, a line each; what can not be read is a problem with its line. */
    static List<Incident> all(Path file, Problems problems) {
        List<Incident> incidents = new ArrayList<>();
        int number = 0;
        for (String line : YamlFile.text(file).lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                incidents.add(incident(JSON.readTree(line)));
            } catch (JsonProcessingException | DateTimeException | IllegalArgumentException e) {
                String words =
                        String.valueOf(e.getMessage()).lines().findFirst().orElse("");
                problems.add(file + ":" + number, "is no line of scan --json: " + words);
            }
        }
        if (number == 0) {
            problems.add(file.toString(), "has no incident");
        }
        return incidents;
    }

    private static Incident incident(JsonNode node) {
        Instant started = Instant.parse(node.path("started").asText());
        Cause cause = cause(node);
        List<String> rules = texts(node.path("rules"));
        return new Incident(
                node.path("id").asText(),
                1,
                Incident.State.OPEN,
                node.path("title").asText(),
                constant(Level.class, node.path("severity")),
                started,
                Instant.parse(node.path("ended").asText()),
                cause,
                List.of(cause.entity()),
                rules,
                texts(node.at("/cause/advice")),
                each(node.path("evidence"), line -> evidence(line, started)),
                rules.size(),
                List.of(),
                each(node.path("changes"), ScannedIncident::change),
                new Cost(
                        node.at("/cost/gpu_hours").asDouble(),
                        node.at("/cost/gpus").asInt(),
                        node.at("/cost/running").asBoolean()),
                1);
    }

    private static Cause cause(JsonNode incident) {
        JsonNode node = incident.path("cause");
        JsonNode scope = node.path("scope");
        return new Cause(
                constant(CauseCategory.class, node.path("class")),
                node.path("kind").asText(),
                entity(node.path("entity").asText()),
                node.path("title").asText(incident.path("title").asText()),
                node.path("confidence").asDouble(),
                constant(Cause.Verdict.class, node.path("verdict")),
                texts(node.path("because")),
                scope.isMissingNode()
                        ? Scope.NONE
                        : new Scope(
                                scope.path("level").asText(),
                                scope.path("value").asText(),
                                scope.path("affected").asInt(),
                                scope.path("members").asInt(),
                                scope.path("outside").asInt(),
                                scope.path("p").asDouble()));
    }

    private static Evidence evidence(JsonNode line, Instant absent) {
        return new Evidence(
                line.path("step").asText(line.path("file").asText() + line.path("line")),
                line.has("timestamp") ? Instant.parse(line.path("timestamp").asText()) : absent,
                EventKind.LOG_OTHER,
                Entity.UNKNOWN,
                line.path("text").asText(),
                Origin.file(line.path("file").asText(), line.path("line").asLong()));
    }

    private static Change change(JsonNode change) {
        Origin origin = Origin.parse(change.path("origin").asText());
        return new Change(
                Instant.parse(change.path("timestamp").asText()),
                constant(Change.Kind.class, change.path("kind")),
                entity(change.path("entity").asText()),
                change.path("text").asText(),
                change.path("seconds_before").asLong(),
                origin == null ? Origin.stdin(0) : origin);
    }

    /** {@code node=gpu-a1 gpu=0000:9b:00}, as an entity writes itself. */
    private static Entity entity(String text) {
        Entity entity = Entity.UNKNOWN;
        for (String part : text.split(" ", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                entity = entity.with(Entity.Level.ofField(part.substring(0, equals)), part.substring(equals + 1));
            }
        }
        return entity;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word) {
        return Enum.valueOf(type, word.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static List<String> texts(JsonNode array) {
        return each(array, JsonNode::asText);
    }

    private static <T> List<T> each(JsonNode array, Function<JsonNode, T> read) {
        List<T> list = new ArrayList<>();
        array.forEach(element -> list.add(read.apply(element)));
        return list;
    }
}
