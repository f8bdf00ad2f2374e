package io.faultline;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.cli.RunSummary;
import io.faultline.cli.stack.ElasticsearchServer;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.ServerException;
import io.faultline.cli.stack.StackFiles;
import io.faultline.model.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Kafka broker that is filled with the logs of a demo, and an Elasticsearch server for what comes of them. Kafka begins
 * empty each time; Elasticsearch keeps its data, so that a second demo shows that nothing is stored twice.
 */
final class DemoStack implements AutoCloseable {

    private static final String LOGS = "logs";

    /** A bounded run can not hold partitions together, and what is read out of order would be late. */
    private static final int PARTITIONS = 1;

    private final FileChannel lock;
    private final KafkaServer kafka;
    private final ElasticsearchServer elasticsearch;

    private DemoStack(FileChannel lock, KafkaServer kafka, ElasticsearchServer elasticsearch) {
        this.lock = lock;
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
        FileChannel lock = lock(work);
        DemoStack stack = new DemoStack(
                lock,
                KafkaServer.startEmpty(programs, work.resolve("kafka")),
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
    String verify(RunSummary found) {
        var missing = found.incidents().stream().map(Incident::id).collect(Collectors.toCollection(TreeSet::new));
        var query = JsonNodeFactory.instance.objectNode().put("size", missing.size());
        var ids = query.put("_source", false).withObject("/query/ids").putArray("values");
        missing.forEach(ids::add);
        elasticsearch.request("POST", "/faultline-*/_refresh", "");
        elasticsearch
                .request("POST", "/faultline-incidents/_search", query.toString())
                .at("/hits/hits")
                .forEach(hit -> missing.remove(hit.path("_id").asText()));
        if (!missing.isEmpty()) {
            throw new ServerException("Elasticsearch lacks the incidents " + missing);
        }
        return "Elasticsearch holds all " + found.incidents().size() + " incidents under the same ids, "
                + elasticsearch.count("faultline-near-misses-*", "*") + " near misses and "
                + elasticsearch.count("faultline-events-*", "NOT event.action:(source.* OR log.template)") + " events";
    }

    @Override
    public void close() {
        try (lock;
                kafka;
                elasticsearch) {
            // each is closed, whatever the others say
        } catch (IOException e) {
            throw new UncheckedIOException("can not unlock", e);
        }
    }

    private void fill(List<Path> files) {
        kafka.createTopic(LOGS, PARTITIONS);
        try (LogShipper shipper = new LogShipper(kafka.bootstrapServers(), LOGS)) {
            shipper.send(files);
            shipper.flush();
        }
    }

    /** One run at a time: two would take each other's servers away. The lock ends with this JVM, however that ends. */
    private static FileChannel lock(Path work) {
        try {
            Files.createDirectories(work);
            FileChannel channel =
                    FileChannel.open(work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new ServerException("another demo --stack is running with its data in " + work);
            }
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("can not lock " + work, e);
        }
    }
}
