package io.faultline.store.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic of which the last record of each key counts; one without a value takes its key out. */
public final class KeyedTopic {

    private static final Duration ROUND = Duration.ofMillis(500);

    private final String topic;
    private final Properties properties = new Properties();

    /** @param properties of the cluster: its addresses and who we are */
    public KeyedTopic(String topic, Properties properties) {
        this.topic = topic;
        this.properties.putAll(properties);
        this.properties.setProperty("default.api.timeout.ms", "15000");
        this.properties.setProperty("max.block.ms", "15000");
    }

    /**
     * A record to be written.
     *
     * @param value null takes the key out
     */
    public record Entry(String key, byte @Nullable [] value) {}

    /** What it holds up to its present end, in the order of the last records. */
    public Map<String, byte[]> read() throws IOException {
        Map<String, byte[]> held = new LinkedHashMap<>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ROUND)) {
                    add(record, held);
                }
            }
        } catch (KafkaException e) {
            throw new IOException(topic + " can not be read: " + e.getMessage(), e);
        }
        return held;
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, Map<String, byte[]> held) {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        held.remove(key);
        if (record.value() != null) {
            held.put(key, record.value());
        }
    }

    /** Writes records in their order and waits until they are kept. */
    public void write(List<Entry> entries) throws IOException {
        Properties producing = new Properties();
        producing.putAll(properties);
        producing.setProperty("enable.idempotence", "true");
        try (var producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Entry entry : entries) {
                sent.add(producer.send(new ProducerRecord<>(topic, entry.key().getBytes(UTF_8), entry.value())));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(topic + " does not take it: " + cause.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(topic + ": interrupted", e);
        }
    }
}
