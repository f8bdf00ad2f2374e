package io.faultline.collect.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.StreamMemory;
import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import io.faultline.model.TextLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format's contract: {@code golden/<format>/<case>.log} must give the events of {@code <case>.ndjson}, which are
 * written by hand. Parts that an expected event leaves out must be empty, but for {@code message} and {@code
 * severityText}, which are then not looked at.
 */
class GoldenFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Stream<GoldenFile> files() throws IOException {
        List<GoldenFile> files = new ArrayList<>();
        for (Path file : GoldenFile.all()) {
            files.add(GoldenFile.read(file));
        }
        return files.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void readsWhatTheLineSays(GoldenFile golden) throws IOException {
        List<JsonNode> expected = new ArrayList<>();
        for (String line : Files.readAllLines(golden.expected())) {
            expected.add(JSON.readTree(line));
        }
        LineParser parser = new LineParser(ParseSettings.defaults());
        StreamMemory memory = StreamMemory.EMPTY;

        List<String> differences = new ArrayList<>();
        for (int i = 0; i < golden.records().size(); i++) {
            TextLog record = golden.records().get(i);
            LineParser.Outcome outcome = parser.parse(record, memory, record.observedTimestamp());
            memory = outcome.memory();
            Map<String, String> wanted = i < expected.size() ? wanted(expected.get(i)) : Map.of();
            Map<String, String> found = found(outcome);
            found.keySet().retainAll(always(wanted));
            if (!found.equals(wanted)) {
                differences.add(difference(record.text(), wanted, found));
            }
        }

        assertThat(String.join("\n", differences))
                .as("%s; if the new reading is the right one, change %s by hand", golden, golden.expected())
                .isEmpty();
        assertThat(golden.records()).hasSameSizeAs(expected);
    }

    @Test
    void holdsEveryFormat() throws IOException {
        List<String> formats = new ArrayList<>();
        for (GoldenFile golden : files().toList()) {
            LineParser parser = new LineParser(ParseSettings.defaults());
            golden.records()
                    .forEach(record -> formats.add(parser.parse(record, StreamMemory.EMPTY, record.observedTimestamp())
                            .event()
                            .format()));
        }

        assertThat(formats).containsAll(new LineParser(ParseSettings.defaults()).formats());
    }

    /** Asking the last format first is there for speed alone. */
    @Test
    void readsALineAlikeWhateverFormatCameBeforeIt() throws IOException {
        LineParser parser = new LineParser(ParseSettings.defaults());
        for (GoldenFile golden : files().toList()) {
            for (TextLog record : golden.records()) {
                LogEvent alone = parser.parse(record, StreamMemory.EMPTY, record.observedTimestamp())
                        .event();
                for (String format : parser.formats()) {
                    StreamMemory memory = StreamMemory.of(format, Family.GENERIC);

                    assertThat(parser.parse(record, memory, record.observedTimestamp())
                                    .event())
                            .as("%s after %s", record.text(), format)
                            .isEqualTo(alone);
                }
            }
        }
    }

    private static List<String> always(Map<String, String> wanted) {
        List<String> parts = new ArrayList<>(wanted.keySet());
        parts.addAll(List.of(
                "format", "kind", "timestamp", "severity", "entity", "measures", "attributes", "quality", "rejected"));
        return parts;
    }

    private static Map<String, String> wanted(JsonNode node) {
        Map<String, String> parts = new TreeMap<>();
        for (String part : List.of("format", "kind", "timestamp", "severity", "message", "severityText")) {
            if (node.has(part)) {
                parts.put(part, node.path(part).asText());
            }
        }
        parts.put("rejected", node.path("rejected").asText());
        parts.put("quality", node.path("quality").asText());
        for (String part : List.of("entity", "measures", "attributes")) {
            Map<String, String> pairs = new TreeMap<>();
            node.path(part).properties().forEach(pair -> pairs.put(pair.getKey(), text(part, pair.getValue())));
            parts.put(part, pairs.toString());
        }
        return parts;
    }

    private static String text(String part, JsonNode value) {
        return part.equals("measures") ? number(value.asDouble()) : value.asText();
    }

    private static Map<String, String> found(LineParser.Outcome outcome) {
        LogEvent event = outcome.event();
        Map<String, String> parts = new TreeMap<>();
        parts.put("format", event.format());
        parts.put("kind", event.kind().id());
        parts.put("timestamp", event.timestamp().toString());
        parts.put("severity", Integer.toString(event.severityNumber()));
        parts.put("severityText", event.severityText());
        parts.put("message", event.message());
        parts.put("entity", new TreeMap<>(event.entity().toMap()).toString());
        parts.put("attributes", new TreeMap<>(event.attributes().toMap()).toString());
        Map<String, String> measures = new TreeMap<>();
        event.measures().toMap().forEach((name, value) -> measures.put(name, number(value)));
        parts.put("measures", measures.toString());
        parts.put("quality", marks(event));
        parts.put(
                "rejected",
                outcome.rejected() == null
                        ? ""
                        : outcome.rejected().reason() + ": "
                                + outcome.rejected().detail());
        return parts;
    }

    private static String marks(LogEvent event) {
        List<String> marks = Arrays.stream(QualityMark.values())
                .filter(event::has)
                .map(mark -> mark.name().toLowerCase(Locale.ROOT))
                .toList();
        return String.join(" ", marks);
    }

    /** Twelve digits: 18.2 percent as a ratio is not exactly the double nearest to 0.182. */
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.11e", value);
    }

    private static String difference(String line, Map<String, String> wanted, Map<String, String> found) {
        StringBuilder text = new StringBuilder("\n  ").append(line);
        new TreeMap<>(found).forEach((part, value) -> {
            if (!value.equals(wanted.get(part))) {
                text.append("\n    ").append(part);
                text.append("\n      expected ").append(wanted.get(part));
                text.append("\n      found    ").append(value);
            }
        });
        return text.toString();
    }
}
