package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.EmbeddedJob;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.collect.source.FilesSettings;
import io.faultline.collect.source.LogFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rules backtest} over what Kafka holds. */
class RulesBacktestIT {

    private static final String TOPIC = "backtested-logs";
    private static final String[] REPLAYED = {"loss-nan", "training-stalled", "xid-then-job-exit"};
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private final KafkaServer kafka = SharedServers.kafka();

    @Test
    void findsTheAlertsOfAJobAgainAllTogetherAndEachByItsHandle() throws Exception {
        kafka.createTopic(TOPIC, 2);
        ship(Simulation.write(SimulationSettings.defaults().withNodes(4, 4).withMinutes(20), directory.resolve("logs"))
                .files());
        Map<String, JsonNode> stored = job();

        List<JsonNode> all = backtest("--topic", TOPIC);
        List<JsonNode> half =
                backtest("--topic", TOPIC, "--from", "2026-03-01T10:05:00Z", "--to", "2026-03-01T10:10:00Z");

        assertThat(stored).hasSizeGreaterThan(5);
        assertThat(alerts(all)).containsExactlyInAnyOrderElementsOf(stored.values());
        assertThat(last(half).get("from").asText()).startsWith("2026-03-01T10:0");
        assertThat(Instant.parse(last(half).get("from").asText())).isAfterOrEqualTo("2026-03-01T10:04:59Z");
        assertThat(Instant.parse(last(half).get("to").asText())).isBefore("2026-03-01T10:10:00Z");
        assertThat(last(half).get("events").asLong())
                .isPositive()
                .isLessThan(last(all).get("events").asLong());
        Map<String, JsonNode> byRule = oneOfEachRule(stored.values());
        assertThat(byRule).containsKeys(REPLAYED);
        for (String rule : REPLAYED) {
            JsonNode alert = byRule.get(rule);
            String handle = alert.get("alert.replay").asText();

            assertThat(handle).contains("--origins " + TOPIC + "/");
            assertThat(alerts(backtest(handle.split(" ")))).as(handle).contains(alert);
        }
    }

    @Test
    void saysWhatThereIsWhereATopicIsNot() throws Exception {
        kafka.createTopic(TOPIC + "-2", 1);
        StringWriter problems = new StringWriter();

        int code = execute(
                new StringWriter(),
                problems,
                "rules",
                "backtest",
                "--kafka",
                kafka.bootstrapServers(),
                "--topic",
                "nothing");

        assertThat(code).isEqualTo(2);
        assertThat(problems.toString()).contains("\"nothing\" does not exist; there are [", TOPIC + "-2");
    }

    /** The alerts of rules that a job stores which reads the topic, by their ids. */
    private Map<String, JsonNode> job() throws IOException {
        Path out = Files.createDirectory(directory.resolve("stored"));
        Path config = Files.writeString(
                directory.resolve("job.yaml"),
                """
                collect:
                  source:
                    kafka: {bootstrap-servers: "%s", topics: [%s], start: earliest, bounded: true}
                store:
                  ndjson: {directory: "%s"}
                """
                        .formatted(kafka.bootstrapServers(), TOPIC, out));
        StringWriter problems = new StringWriter();
        assertThat(execute(new StringWriter(), problems, "run", "--config", config.toString()))
                .as(problems.toString())
                .isZero();
        Map<String, JsonNode> alerts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.filter(one -> one.getFileName().toString().startsWith("alerts"))
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode alert = JSON.readTree(line);
                    if (alert.get("alert.kind").asText().equals("rule_match")) {
                        alerts.put(alert.get("alert.fingerprint").asText(), alert);
                    }
                }
            }
        }
        return alerts;
    }

    private static Map<String, JsonNode> oneOfEachRule(Collection<JsonNode> alerts) {
        Map<String, JsonNode> first = new LinkedHashMap<>();
        alerts.forEach(alert -> first.putIfAbsent(alert.get("rule.id").asText(), alert));
        return first;
    }

    private void ship(List<Path> files) {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            LogFiles.read(
                    FilesSettings.of(files.stream().map(Path::toString).toList()),
                    Clock.systemUTC(),
                    (log, time) -> producer.send(new ProducerRecord<>(TOPIC, null, time, log.stream(), log.payload())));
        }
    }

    private List<JsonNode> backtest(String... options) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("rules", "backtest", "--json", "--kafka", kafka.bootstrapServers()));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter problems = new StringWriter();
        assertThat(execute(out, problems, arguments.toArray(String[]::new)))
                .as(problems.toString())
                .isZero();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<JsonNode> alerts(List<JsonNode> lines) {
        return lines.subList(0, lines.size() - 1);
    }

    private static JsonNode last(List<JsonNode> lines) {
        return lines.get(lines.size() - 1);
    }

    private static int execute(StringWriter out, StringWriter problems, String... arguments) {
        return Faultline.commandLine(EmbeddedJob::new, DirectLogReader::new, new CliTerminal(false, false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(problems, true))
                .execute(arguments);
    }
}
