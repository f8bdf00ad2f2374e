package io.faultline.collect.source;

import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Kafka records as {@link RawLog}: the value is the payload, the headers are its attributes, the key is its stream. */
public final class KafkaLogsSource {

    /** All Kafka sources that hold each other together are in this group. */
    private static final String ALIGNED = "kafka-logs";

    /**
     * How often the sources tell each other how far they are. Old logs are read no faster than one drift a round: with the
     * default drift, five minutes of logs a second.
     */
    private static final Duration ROUND = Duration.ofMillis(100);

    private KafkaLogsSource() {}

    public static KafkaSource<RawLog> of(KafkaSettings settings) {
        KafkaSourceBuilder<RawLog> builder = KafkaSource.<RawLog>builder()
                .setProperties(settings.asProperties())
                .setBootstrapServers(settings.bootstrapServers())
                .setGroupId(settings.groupId())
                .setStartingOffsets(start(settings))
                .setDeserializer(new RecordToRawLog());
        if (settings.topicPattern().isEmpty()) {
            builder.setTopics(settings.topics());
        } else {
            builder.setTopicPattern(Pattern.compile(settings.topicPattern()));
        }
        if (settings.bounded()) {
            builder.setBounded(OffsetsInitializer.latest());
        }
        return builder.build();
    }

    /** A source that ends; what it read is remembered by no consumer group. */
    public static KafkaSource<RawLog> of(KafkaExtract extract) {
        KafkaSourceBuilder<RawLog> builder = KafkaSource.<RawLog>builder()
                .setBootstrapServers(extract.bootstrapServers())
                .setStartingOffsets(
                        extract.from() == null
                                ? OffsetsInitializer.earliest()
                                : OffsetsInitializer.timestamp(extract.from().toEpochMilli()))
                .setDeserializer(new RecordToRawLog());
        Map<TopicPartition, Long> ends = extract.ends();
        if (!ends.isEmpty()) {
            return builder.setPartitions(new HashSet<>(ends.keySet()))
                    .setBounded(new UpTo(ends))
                    .build();
        }
        return builder.setTopics(extract.topics())
                .setBounded(
                        extract.to() == null
                                ? OffsetsInitializer.latest()
                                : OffsetsInitializer.timestamp(extract.to().toEpochMilli()))
                .build();
    }

    /** Ends behind given records, or where a partition ends before them: what is not there would be waited for. */
    private record UpTo(Map<TopicPartition, Long> ends) implements OffsetsInitializer {

        @Override
        public Map<TopicPartition, Long> getPartitionOffsets(
                Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
            Map<TopicPartition, Long> offsets = new HashMap<>(retriever.endOffsets(partitions));
            offsets.replaceAll((partition, end) -> Math.min(end, ends.getOrDefault(partition, 0L)));
            return offsets;
        }

        @Override
        public OffsetResetStrategy getAutoOffsetResetStrategy() {
            return OffsetResetStrategy.EARLIEST;
        }
    }

    /**
     * Watermarks a partition from the records' Kafka time, which hold partitions together: one that is more than the drift
     * ahead of the slowest is not read on until that one has caught up. Without it, a partition that lags an hour would
     * come in as an hour of late events, because the time of a line is known only behind this source.
     *
     * <p>Not where the topics have an end: the connector pauses a partition that has just been read to its end, which Kafka's
     * consumer answers with "No current assignment for partition", and the job fails. Nor is a partition idle there: it has
     * records or it is at its end, and on a starved machine one that only waits for its turn would seem to be.
     */
    public static WatermarkStrategy<RawLog> alignment(KafkaSettings settings) {
        WatermarkStrategy<RawLog> times = LogFilesSource.lineTimes();
        return settings.bounded()
                ? times
                : times.withIdleness(settings.idleness()).withWatermarkAlignment(ALIGNED, settings.maxDrift(), ROUND);
    }

    private static OffsetsInitializer start(KafkaSettings settings) {
        return switch (settings.start()) {
            case EARLIEST -> OffsetsInitializer.earliest();
            case LATEST -> OffsetsInitializer.latest();
            case COMMITTED -> OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST);
            case TIMESTAMP ->
                OffsetsInitializer.timestamp(settings.startTimestamp().toEpochMilli());
        };
    }

    /** A record without a value (a tombstone) says nothing and is passed over. */
    static final class RecordToRawLog implements KafkaRecordDeserializationSchema<RawLog> {

        @Override
        public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawLog> out) {
            if (record.value() == null) {
                return;
            }
            out.collect(new RawLog(
                    Origin.kafka(record.topic(), record.partition(), record.offset()),
                    Instant.ofEpochMilli(record.timestamp()),
                    stream(record),
                    record.value(),
                    attributes(record)));
        }

        @Override
        public TypeInformation<RawLog> getProducedType() {
            return TypeInformation.of(RawLog.class);
        }

        private static String stream(ConsumerRecord<byte[], byte[]> record) {
            return record.key() == null || record.key().length == 0
                    ? record.topic() + "/" + record.partition()
                    : new String(record.key(), StandardCharsets.UTF_8);
        }

        private static Attributes attributes(ConsumerRecord<byte[], byte[]> record) {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (Header header : record.headers()) {
                if (header.value() != null) {
                    attributes.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
                }
            }
            return Attributes.of(attributes);
        }
    }
}
