package io.faultline;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.cli.stack.ElasticsearchServer;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.ServerException;
import io.faultline.cli.stack.StackFiles;
import io.faultline.collect.source.FilesSettings;
import io.faultline.collect.source.LogFiles;
import io.faultline.model.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker that is filled with the logs of a demo, and an Elasticsearch server for what comes of them. Kafka begins
 * empty each time; Elasticsearch keeps its data, so that a second demo shows that nothing is stored twice.
 */
final class DemoStack implements AutoCloseable {

    private static final String LOGS = "logs";
    private static final int PARTITIONS = 4;

    private final KafkaServer kafka;
    private final ElasticsearchServer elasticsearch;

    private DemoStack(KafkaServer kafka, ElasticsearchServer elasticsearch) {
        this.kafka = kafka;
        this.elasticsearch = elasticsearch;
    }

    /**
     * Starts both servers and sends every line of the files to Kafka: the key is the file, the record's time is the line's.
     *
     * @param root the repository
     * @param work where the servers keep their data and logs
     */
    static DemoStack start(Path root, Path work, List<Path> files) {
        StackFiles programs = StackFiles.prepare(root);
        deleteTree(work.resolve("kafka"));
        DemoStack stack = new DemoStack(
                KafkaServer.start(programs, work.resolve("kafka")),
                ElasticsearchServer.start(programs, work.resolve("elasticsearch")));
        try {
            stack.kafka.awaitReady();
            stack.fill(files);
            stack.elasticsearch.awaitReady();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Reads the topic to its end and stores everything. */
    SettingsTree addTo(SettingsTree settings) {
        return settings.put("collect.source.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("collect.source.kafka.topics", List.of(LOGS))
                .put("collect.source.kafka.bounded", true)
                .put("collect.source.kafka.idleness", "1s")
                .put("store.elasticsearch.hosts", List.of(elasticsearch.uri().toString()))
                .put("store.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("store.kafka.incidents-topic", "incidents")
                .put("store.kafka.rejected-topic", "rejected");
    }

    /**
     * Compares what Elasticsearch holds with what the run found.
     *
     * @return one sentence for people
     * @throws ServerException where an incident of the run is not there
     */
    String verify(List<Incident> found) {
        elasticsearch.request("POST", "/faultline-*/_refresh", "");
        JsonNode hits = elasticsearch
                .request("GET", "/faultline-incidents/_search?size=1000&_source=false", "")
                .path("hits")
                .path("hits");
        var missing = found.stream().map(Incident::id).collect(Collectors.toCollection(TreeSet::new));
        hits.forEach(hit -> missing.remove(hit.path("_id").asText()));
        if (!missing.isEmpty()) {
            throw new ServerException("Elasticsearch lacks the incidents " + missing);
        }
        return "Elasticsearch holds all " + found.size() + " incidents under the same ids, and "
                + elasticsearch.count("faultline-events-*") + " events";
    }

    @Override
    public void close() {
        try (kafka;
                elasticsearch) {
            // both are closed, whatever the other one says
        }
    }

    private void fill(List<Path> files) {
        kafka.createTopic(LOGS, PARTITIONS);
        var settings = FilesSettings.of(files.stream().map(Path::toString).toList());
        Map<String, Object> producer =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", "20", "acks", "all");
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (var sender = new KafkaProducer<>(producer, new StringSerializer(), new ByteArraySerializer())) {
            LogFiles.read(settings, Clock.systemUTC(), (log, time) -> {
                var line = new ProducerRecord<>(LOGS, null, time, log.stream(), log.payload());
                @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of the failure
                var ignored = sender.send(line, (sent, trouble) -> failure.compareAndSet(null, trouble));
            });
            sender.flush();
        }
        if (failure.get() != null) {
            throw new ServerException("Kafka did not take the logs: " + failure.get(), failure.get());
        }
    }

    private static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can not empty " + directory, e);
        }
    }
}
