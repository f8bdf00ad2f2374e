package io.faultline.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * One broker and one store for all integration tests of a JVM, each started when the first test asks for it and stopped
 * with the JVM. Tests keep apart by the names of their topics and indices; one that kills a server starts it again.
 */
public final class SharedServers {

    /** What {@link ElasticsearchServer#USER} has to say. */
    public static final String PASSWORD = "a pass:word";

    private static final Path WORK = Path.of("target/it/shared");

    private static @Nullable KafkaServer kafka;
    private static @Nullable ElasticsearchServer elasticsearch;

    private SharedServers() {}

    /** A broker that is ready. */
    public static synchronized KafkaServer kafka() {
        if (kafka == null) {
            kafka = KafkaServer.startEmpty(files(), WORK.resolve("kafka"));
            kafka.awaitReady();
        }
        return kafka;
    }

    /** How a client finds the broker. */
    public static Properties kafkaClient() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka().bootstrapServers());
        return properties;
    }

    /** A node that is ready and wants {@link ElasticsearchServer#USER} and {@link #PASSWORD}. */
    public static synchronized ElasticsearchServer elasticsearch() {
        if (elasticsearch == null) {
            elasticsearch = ElasticsearchServer.startSecured(files(), empty(WORK.resolve("elasticsearch")), PASSWORD);
            elasticsearch.awaitReady();
        }
        return elasticsearch;
    }

    public static StackFiles files() {
        return StackFiles.prepare(Path.of(""));
    }

    private static Path empty(Path directory) {
        ServerProcess.endEarlier("elasticsearch", directory.toAbsolutePath());
        try {
            return Directories.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
