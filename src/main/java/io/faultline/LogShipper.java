package io.faultline;

import io.faultline.cli.stack.ServerException;
import io.faultline.collect.source.FilesSettings;
import io.faultline.collect.source.LogFiles;
import io.faultline.model.RawLog;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Sends lines to a Kafka topic as a log shipper does: the key is the file, the record's time is the line's. */
final class LogShipper implements AutoCloseable {

    private final String topic;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    LogShipper(String bootstrapServers, String topic) {
        this.topic = topic;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", "20", "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Sends every line of the files, merged in the order of time. */
    void send(List<Path> files) {
        var settings = FilesSettings.of(files.stream().map(Path::toString).toList());
        LogFiles.read(settings, Clock.systemUTC(), this::send);
    }

    /** Sends one line, to the partition that its file always has. */
    void send(RawLog log, long time) {
        send(log, time, null);
    }

    /** Sends one line to a partition; null leaves the choice to the key. */
    void send(RawLog log, long time, @Nullable Integer partition) {
        var line = new ProducerRecord<>(topic, partition, time, log.stream(), log.payload());
        @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of the failure
        var ignored = producer.send(line, (sent, trouble) -> {
            if (trouble != null) {
                failure.compareAndSet(null, trouble);
            }
        });
    }

    /**
     * Waits until Kafka has everything.
     *
     * @throws ServerException where it did not take a line
     */
    void flush() {
        producer.flush();
        Exception trouble = failure.get();
        if (trouble != null) {
            throw new ServerException("Kafka did not take the logs: " + trouble, trouble);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
