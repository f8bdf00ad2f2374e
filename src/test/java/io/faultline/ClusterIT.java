package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.DirectLogReader;
import io.faultline.cli.RunListener;
import io.faultline.cli.simulate.FaultLabel;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationResult;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.cli.stack.Directories;
import io.faultline.cli.stack.ElasticsearchServer;
import io.faultline.cli.stack.FlinkCluster;
import io.faultline.cli.stack.JobState;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.ServerException;
import io.faultline.cli.stack.SharedServers;
import io.faultline.collect.source.FilesSettings;
import io.faultline.collect.source.LogFiles;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;

/** The job as it is deployed: its jar on a Flink cluster of three processes, between Kafka and Elasticsearch. */
class ClusterIT {

    private static final Path WORK = Path.of("target/it/cluster");
    /** Events of lines: not those that tell of logs and templates. */
    private static final String LINES = "NOT event.action:(source.* OR log.template)";

    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaServer kafka = SharedServers.kafka();
    private final ElasticsearchServer elasticsearch = SharedServers.elasticsearch();

    @Test
    void findsEachFaultOnceThoughATaskManagerIsKilledOnTheWay() throws Exception {
        Directories.delete(WORK);
        SimulationResult simulated = Simulation.write(
                SimulationSettings.defaults()
                        .withNodes(4, 4)
                        .withMinutes(20)
                        .withFaults(List.of("gpu-xid", "inference-stall", "cuda-oom")),
                WORK.resolve("logs"));
        List<Sent> lines = lines(simulated.files());
        kafka.createTopic("cluster-logs", PARTITIONS);
        kafka.createTopic("cluster-incidents", 1);

        Path settings = settings();
        try (FlinkCluster flink = FlinkCluster.start(
                                SharedServers.files(),
                                WORK.resolve("flink"),
                                2,
                                Map.of(
                                        "execution.checkpointing.interval", "500",
                                        "execution.checkpointing.min-pause", "0",
                                        "parallelism.default", "2"))
                        .awaitReady();
                LogShipper shipper = new LogShipper(kafka.bootstrapServers(), "cluster-logs")) {
            String job = flink.submit(
                    Path.of("target/faultline-job.jar"), LogJob.class.getName(), "--config", settings.toString());
            flink.waitForRunning(job, PATIENCE);
            send(shipper, lines.subList(0, lines.size() / 2));
            patiently().until(() -> elasticsearch.count("cluster-events-*", LINES) > lines.size() / 4);
            flink.waitForCheckpoint(job, PATIENCE);

            // both: which of them had a part of the job is Flink's choice
            flink.killTaskManager(0);
            flink.killTaskManager(1);
            flink.startTaskManager();
            flink.startTaskManager();
            send(shipper, lines.subList(lines.size() / 2, lines.size()));
            sayThatTimeWentOn(shipper);

            long parsed = parsed(simulated.files(), settings) + PARTITIONS;
            patiently().until(() -> elasticsearch.count("cluster-events-*", LINES) >= parsed);
            patiently()
                    .until(() -> elasticsearch.count("cluster-incidents")
                            >= simulated.labels().size());
            flink.waitForRestarts(job, 1, PATIENCE);
            flink.stopWithSavepoint(job, PATIENCE);
            flink.waitForState(job, JobState.FINISHED, PATIENCE);

            assertThat(elasticsearch.count("cluster-events-*", LINES)).isEqualTo(parsed);
        }
        List<JsonNode> incidents = documents("cluster-incidents");
        assertThat(simulated.labels()).allSatisfy(label -> assertThat(incidents)
                .filteredOn(incident -> tellsOf(incident, label))
                .as(label.toString())
                .hasSize(1));
        assertThat(incidents).hasSameSizeAs(simulated.labels());
        assertThat(incidentsInKafka()).isEqualTo(ids(incidents));
    }

    /** An index that is just being made answers that it is not there yet. */
    private static ConditionFactory patiently() {
        return await().atMost(PATIENCE).ignoreExceptionsInstanceOf(ServerException.class);
    }

    /** The slowest partition tells the time, so each one hears of the end: its last file may have ended minutes ago. */
    private static void sayThatTimeWentOn(LogShipper shipper) {
        byte[] line = "Mar  1 10:20:00 gpu-b4 kernel: perf: interrupt took too long (2513 > 2500), lowering rate"
                .getBytes(StandardCharsets.UTF_8);
        Instant end = Instant.parse("2026-03-01T10:20:00Z");
        for (int partition = 0; partition < PARTITIONS; partition++) {
            RawLog log = new RawLog(Origin.file("end", 1), end, "gpu-b4-" + partition, line, Attributes.NONE);
            shipper.send(log, end.toEpochMilli(), partition);
        }
        shipper.flush();
    }

    private record Sent(RawLog log, long time) {}

    private static List<Sent> lines(List<Path> files) {
        List<Sent> lines = new ArrayList<>();
        LogFiles.read(
                FilesSettings.of(files.stream().map(Path::toString).toList()),
                Clock.systemUTC(),
                (log, time) -> lines.add(new Sent(log, time)));
        return lines;
    }

    private static void send(LogShipper shipper, List<Sent> lines) {
        lines.forEach(line -> shipper.send(line.log(), line.time()));
        shipper.flush();
    }

    /** How many events the same lines are without Kafka and without Flink. */
    private static long parsed(List<Path> files, Path settings) {
        AtomicLong events = new AtomicLong();
        new DirectLogReader(JobSettings.of(settings, Map.of()).decode())
                .read(files, ZoneOffset.UTC, RunListener.NONE, event -> events.incrementAndGet(), rejected -> {});
        return events.get();
    }

    /** The shipped file with other addresses. */
    private Path settings() throws IOException {
        Path password = Files.writeString(WORK.resolve("password"), SharedServers.PASSWORD);
        SettingsTree settings = SettingsTree.of(YamlFile.read(Path.of("flink-conf/job.yaml")))
                .put("collect.source.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("collect.source.kafka.topics", List.of("cluster-logs"))
                // a record may wait for its second half while the cluster mends itself
                .put("collect.decode.silence", "20s")
                .put("store.elasticsearch.hosts", List.of(elasticsearch.uri().toString()))
                .put("store.elasticsearch.index-prefix", "cluster")
                .put("store.elasticsearch.user", ElasticsearchServer.USER)
                .put(
                        "store.elasticsearch.password-file",
                        password.toAbsolutePath().toString())
                .put("store.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("store.kafka.incidents-topic", "cluster-incidents");
        return Files.writeString(WORK.resolve("job.yaml"), settings.tree().toPrettyString())
                .toAbsolutePath();
    }

    private List<JsonNode> documents(String index) {
        elasticsearch.request("POST", "/" + index + "/_refresh", "");
        return StreamSupport.stream(
                        elasticsearch
                                .request("GET", "/" + index + "/_search?size=1000", "")
                                .at("/hits/hits")
                                .spliterator(),
                        false)
                .map(hit -> hit.path("_source"))
                .toList();
    }

    private static boolean tellsOf(JsonNode incident, FaultLabel label) {
        Set<String> broken = new TreeSet<>();
        label.entity().forEach((name, value) -> broken.add(name + "=" + value));
        boolean sameEntity = StreamSupport.stream(
                        incident.path("incident.entities").spliterator(), false)
                .anyMatch(entity -> Set.of(entity.asText().split(" ")).containsAll(broken));
        Instant from = Instant.parse(incident.path("event.start").asText());
        Instant to = Instant.parse(incident.path("event.end").asText());
        return sameEntity
                && !to.isBefore(Instant.parse(label.started()))
                && !from.isAfter(Instant.parse(label.ended()).plus(Duration.ofMinutes(5)));
    }

    private static Set<String> ids(List<JsonNode> incidents) {
        Set<String> ids = new TreeSet<>();
        incidents.forEach(incident -> ids.add(incident.path("incident.id").asText()));
        return ids;
    }

    private Set<String> incidentsInKafka() throws IOException {
        TopicPartition partition = new TopicPartition("cluster-incidents", 0);
        Set<String> ids = new TreeSet<>();
        try (var incidents =
                new KafkaConsumer<>(SharedServers.kafkaClient(), new StringDeserializer(), new StringDeserializer())) {
            incidents.assign(List.of(partition));
            incidents.seekToBeginning(List.of(partition));
            long end = incidents.endOffsets(List.of(partition)).get(partition);
            while (incidents.position(partition) < end) {
                for (var told : incidents.poll(Duration.ofSeconds(1))) {
                    ids.addAll(ids(List.of(new ObjectMapper().readTree(told.value()))));
                }
            }
        }
        return ids;
    }
}
