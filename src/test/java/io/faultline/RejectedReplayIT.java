package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.RunListener;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.stack.Directories;
import io.faultline.cli.stack.ElasticsearchServer;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.store.document.KeptReject;
import io.faultline.store.document.RefusedDocument;
import io.faultline.store.elasticsearch.TemplateInstaller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What a job could not use goes back, as it was, once what refused it is mended. */
class RejectedReplayIT {

    private static final Instant WRITTEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final String LONG_LINE = "INFO 03-01 10:00:00 [core.py:90] " + "x".repeat(1_000);

    private static final Path EVENTS = Path.of("target/it/rejected-replay");

    private final KafkaServer kafka = SharedServers.kafka();

    @Test
    void putsAKafkaRecordBackAsItWasAndOnlyOnce() throws Exception {
        Directories.delete(EVENTS);
        kafka.createTopic("replayed-logs", 1);
        kafka.createTopic("replayed-rejected", 1);
        send("replayed-logs", LONG_LINE);
        JobSettings strict = settings(1_024);
        new EmbeddedJob().runBounded(request(), strict, RunListener.NONE);

        try (StoredRejects rejects = new StoredRejects("the test", strict, Clock.systemUTC())) {
            List<KeptReject> kept = rejects.read();
            assertThat(kept).hasSize(1);
            assertThat(kept.get(0).reason()).isEqualTo("too_long");
            assertThat(kept.get(0).origin()).isEqualTo("replayed-logs/0@0");
            assertThat(rejects.putBack(kept.get(0), null)).isNull();
            rejects.settle(kept);
            assertThat(rejects.read()).isEmpty();
        }
        new EmbeddedJob().runBounded(request(), settings(1_048_576), RunListener.NONE);

        List<JsonNode> events = events();
        assertThat(events).hasSize(2).allSatisfy(event -> {
            assertThat(event.path("message").asText()).endsWith("xxx");
            assertThat(event.path("event.created").asText()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(event.path("host.name").asText()).isEqualTo("gpu-a1");
        });
        assertThat(events)
                .extracting(event -> event.at("/labels/faultline_replay_of").asText())
                .containsExactlyInAnyOrder("", "replayed-logs/0@0");
    }

    private static List<JsonNode> events() throws IOException {
        List<JsonNode> events = new ArrayList<>();
        try (Stream<Path> files = Files.walk(EVENTS)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("events"))
                    .filter(Files::isRegularFile)
                    .toList()) {
                for (String line : Files.readAllLines(file)) {
                    JsonNode event = new ObjectMapper().readTree(line);
                    if (event.path("event.action").asText().equals("log.other")) {
                        events.add(event);
                    }
                }
            }
        }
        return events;
    }

    @Test
    void putsARefusedDocumentBackIntoItsIndex() throws Exception {
        ElasticsearchServer server = SharedServers.elasticsearch();
        SettingsTree tree = new SettingsTree()
                .put("store.elasticsearch.hosts", List.of(server.uri().toString()))
                .put("store.elasticsearch.user", ElasticsearchServer.USER)
                .put("store.elasticsearch.password-env", "ES_PASSWORD")
                .put("store.elasticsearch.index-prefix", "replayed");
        JobSettings settings = JobSettings.read("the test", tree.tree(), Map.of("ES_PASSWORD", SharedServers.PASSWORD));
        new TemplateInstaller(settings.store().elasticsearch()).install();
        var refused = new RefusedDocument(
                "replayed-events-2026.03.01",
                "e1",
                "{\"@timestamp\":\"2026-03-01T10:00:00Z\",\"message\":\"back\"}".getBytes(UTF_8),
                "mapper_parsing_exception");
        server.request(
                "PUT",
                "/replayed-rejected/_doc/" + refused.rejectedId() + "?refresh=true",
                new String(refused.write(), UTF_8));

        try (StoredRejects rejects = new StoredRejects("the test", settings, Clock.systemUTC())) {
            List<KeptReject> kept = rejects.read();
            assertThat(kept).hasSize(1);
            assertThat(rejects.putBack(kept.get(0), null)).isNull();
            rejects.settle(kept);
            server.request("POST", "/replayed-*/_refresh", "");
            assertThat(rejects.read()).isEmpty();
        }
        JsonNode document = server.request("GET", "/replayed-events-2026.03.01/_doc/e1", "");

        assertThat(document.at("/_source/message").asText()).isEqualTo("back");
    }

    private JobSettings settings(int maxLineBytes) {
        SettingsTree tree = new SettingsTree()
                .put("collect.source.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("collect.source.kafka.topics", List.of("replayed-logs"))
                .put("collect.source.kafka.bounded", true)
                .put("collect.source.kafka.start", "earliest")
                .put("collect.decode.max-line-bytes", maxLineBytes)
                .put("store.ndjson.directory", EVENTS.toString())
                .put("store.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("store.kafka.rejected-topic", "replayed-rejected");
        return JobSettings.read("the test", tree.tree(), Map.of());
    }

    private static ScanRequest request() {
        return new ScanRequest(List.of(), null, 1, ZoneOffset.UTC);
    }

    private void send(String topic, String line) throws Exception {
        try (var producer = new KafkaProducer<>(
                SharedServers.kafkaClient(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic,
                            0,
                            WRITTEN.toEpochMilli(),
                            "chat-0".getBytes(UTF_8),
                            line.getBytes(UTF_8),
                            List.of(new RecordHeader("host", "gpu-a1".getBytes(UTF_8)))))
                    .get();
        }
    }
}
