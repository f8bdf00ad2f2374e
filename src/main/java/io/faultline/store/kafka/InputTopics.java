package io.faultline.store.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.faultline.model.Origin;
import io.faultline.store.document.KeptReject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts rejected inputs back where they came from. What Kafka still holds goes back as it was, with its key, headers and
 * time; of the rest the kept payload, if it is whole.
 */
public final class InputTopics implements AutoCloseable {

    /** How often a record was put back: one that comes back again and again is not put back for ever. */
    static final String REPLAYS = "faultline.replays";

    /** Where it was first. */
    static final String REPLAY_OF = "faultline.replay_of";

    private static final int MOST_REPLAYS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param properties of the cluster that the job reads: its addresses and who we are */
    public InputTopics(Properties properties) {
        Properties consuming = new Properties();
        consuming.putAll(properties);
        consuming.setProperty("auto.offset.reset", "none");
        consuming.setProperty("enable.auto.commit", "false");
        consuming.setProperty("max.poll.records", "1");
        consuming.remove("group.id");
        Properties producing = new Properties();
        producing.putAll(properties);
        producing.setProperty("enable.idempotence", "true");
        consumer = new KafkaConsumer<>(consuming, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        producer = new KafkaProducer<>(producing, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Puts one input back.
     *
     * @param topic where to; null for the topic it came from
     * @return why it can not go back; null where it did
     */
    public @Nullable String putBack(KeptReject reject, @Nullable String topic) throws InterruptedException {
        Origin origin = reject.kafkaOrigin();
        if (origin == null && topic == null) {
            return "it did not come from Kafka; name a topic with --to-topic";
        }
        ConsumerRecord<byte[], byte[]> record = origin == null ? null : original(origin);
        if (record == null && reject.mayBeCut()) {
            return "Kafka no longer holds it, and what was kept of it is cut to " + reject.payload().length + " bytes";
        }
        int replays = record == null ? 0 : replays(record);
        if (replays >= MOST_REPLAYS) {
            return "it was put back " + replays + " times already";
        }
        List<Header> headers = new ArrayList<>();
        if (record != null) {
            record.headers().forEach(header -> {
                if (!header.key().equals(REPLAYS)) {
                    headers.add(header);
                }
            });
        }
        headers.add(new RecordHeader(REPLAYS, Integer.toString(replays + 1).getBytes(UTF_8)));
        if (replays == 0) {
            headers.add(new RecordHeader(REPLAY_OF, reject.origin().getBytes(UTF_8)));
        }
        String target = topic != null ? topic : origin == null ? "" : origin.name();
        return send(new ProducerRecord<>(
                target,
                null,
                record != null ? Long.valueOf(record.timestamp()) : Long.valueOf(time(reject)),
                record == null ? null : record.key(),
                record != null ? record.value() : reject.payload(),
                headers));
    }

    private @Nullable String send(ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        try {
            producer.send(record).get();
            return null;
        } catch (ExecutionException e) {
            return "Kafka does not take it: " + (e.getCause() == null ? e : e.getCause()).getMessage();
        }
    }

    private static long time(KeptReject reject) {
        return Math.max(0, reject.observedTimestamp().toEpochMilli());
    }

    /** The record as it was; null where it is gone. */
    private @Nullable ConsumerRecord<byte[], byte[]> original(Origin origin) {
        TopicPartition partition = new TopicPartition(origin.name(), origin.partition());
        consumer.assign(List.of(partition));
        Long first = consumer.beginningOffsets(List.of(partition)).get(partition);
        Long end = consumer.endOffsets(List.of(partition)).get(partition);
        if (first == null || end == null || origin.position() < first || origin.position() >= end) {
            return null;
        }
        consumer.seek(partition, origin.position());
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE).records(partition)) {
            if (record.offset() == origin.position() && record.value() != null) {
                return record;
            }
        }
        return null;
    }

    private static int replays(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(REPLAYS);
        String text = header == null || header.value() == null ? "0" : new String(header.value(), UTF_8);
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
    }
}
