package io.faultline.store.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.store.document.KeptReject;
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
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic of rejected inputs, read to its present end. What was put back is taken out by a record without a value. */
public final class RejectedTopic {

    private static final Duration ROUND = Duration.ofMillis(500);

    private final TopicSettings settings;

    public RejectedTopic(TopicSettings settings) {
        this.settings = settings;
    }

    /**
     * What is kept and was not put back, the oldest of a partition first.
     *
     * @throws IOException where a record is none of ours
     */
    public List<KeptReject> read() throws IOException {
        Map<String, KeptReject> kept = new LinkedHashMap<>();
        try (var consumer =
                new KafkaConsumer<>(properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(settings.rejectedTopic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ROUND)) {
                    add(record, kept);
                }
            }
        }
        return new ArrayList<>(kept.values());
    }

    private static void add(ConsumerRecord<byte[], byte[]> record, Map<String, KeptReject> kept) throws IOException {
        String key = record.key() == null ? "" : new String(record.key(), UTF_8);
        kept.remove(key);
        if (record.value() != null) {
            kept.put(key, KeptReject.read(key, record.value()));
        }
    }

    /** Takes out what was put back. */
    public void settle(List<KeptReject> putBack) throws IOException {
        try (var producer = new KafkaProducer<>(properties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (KeptReject reject : putBack) {
                byte[] key = reject.key().getBytes(UTF_8);
                sent.add(producer.send(new ProducerRecord<>(settings.rejectedTopic(), key, null)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IOException(
                    settings.rejectedTopic()
                            + " does not take what says that inputs were put back; a replay would put them back"
                            + " again",
                    e);
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", settings.bootstrapServers());
        properties.setProperty("default.api.timeout.ms", "15000");
        return properties;
    }
}
