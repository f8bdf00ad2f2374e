package io.faultline.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** One Kafka broker in KRaft mode that is its own controller. Its data survive {@link #kill()} and {@link #restart()}. */
public final class KafkaServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Formats the storage where that was not done before, then becomes the broker. */
    private static final String FORMAT_AND_RUN =
            """
            "$0" -Xmx64m -XX:TieredStopAtLevel=1 -cp "$1" kafka.tools.StorageTool format \
                --ignore-formatted -t ZmF1bHRsaW5lLXN0YWNrLQ -c server.properties &&
            exec "$0" -Xms256m -Xmx384m -XX:+UseSerialGC -cp "$1" kafka.Kafka server.properties
            """;

    private final StackFiles files;
    private final Path work;
    private final int port;
    private ServerProcess process;

    private KafkaServer(StackFiles files, Path work, int port) {
        this.files = files;
        this.work = work;
        this.port = port;
        this.process = launch();
    }

    /** As {@link #start}, without what an earlier broker left in the directory. */
    public static KafkaServer startEmpty(StackFiles files, Path directory) {
        Path work = directory.toAbsolutePath();
        ServerProcess.endEarlier("kafka", work);
        try {
            if (Files.exists(work)) {
                try (Stream<Path> all = Files.walk(work)) {
                    for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can not empty " + work, e);
        }
        return start(files, work);
    }

    /** Starts a broker and returns at once; {@link #awaitReady()} waits for it. */
    public static KafkaServer start(StackFiles files, Path directory) {
        Path work = directory.toAbsolutePath();
        int[] ports = Ports.free(2);
        try {
            Files.createDirectories(work);
            Files.writeString(work.resolve("server.properties"), properties(work, ports[0], ports[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KafkaServer(files, work, ports[0]);
    }

    /** Waits until the broker answers. */
    public KafkaServer awaitReady() {
        process.awaitReady(PATIENCE, () -> {
            if (!listens()) {
                return false;
            }
            try (Admin admin = admin()) {
                return admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).size() == 1;
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException(e.toString(), e);
            }
        });
        return this;
    }

    /** {@code localhost:9092}. */
    public String bootstrapServers() {
        return "localhost:" + port;
    }

    /** Creates a topic where it is not there yet. */
    public void createTopic(String topic, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw process.failure("did not create the topic " + topic + ": " + e.getCause());
            }
        } catch (TimeoutException e) {
            throw process.failure("did not create the topic " + topic + " within 30 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("interrupted while the topic " + topic + " was created", e);
        }
    }

    /** Kills the broker as a power cut would. */
    public void kill() {
        process.kill();
    }

    /** Starts a killed broker again, with its data and at its address. */
    public KafkaServer restart() {
        process.close();
        process = launch();
        return awaitReady();
    }

    @Override
    public void close() {
        process.close();
    }

    private ServerProcess launch() {
        return ServerProcess.start(
                "kafka",
                work,
                List.of("/bin/sh", "-c", FORMAT_AND_RUN, StackFiles.java(), files.kafkaLib() + "/*"),
                Map.of());
    }

    private Admin admin() {
        return Admin.create(Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "request.timeout.ms",
                "5000",
                "default.api.timeout.ms",
                "10000"));
    }

    private boolean listens() throws IOException {
        try (var socket = new java.net.Socket("localhost", port)) {
            return socket.isConnected();
        }
    }

    private static String properties(Path work, int port, int controllerPort) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@localhost:%2$d
                listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
                advertised.listeners=PLAINTEXT://localhost:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                num.partitions=4
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                controlled.shutdown.enable=false
                # records carry the times of old logs: by those, Kafka would delete them half a minute after its start
                log.retention.ms=-1
                """
                .formatted(port, controllerPort, work.resolve("data"));
    }
}
