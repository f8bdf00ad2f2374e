package io.faultline.collect.source;

import io.faultline.model.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A part of what Kafka holds, to be read once.
 *
 * @param bootstrapServers {@code host:port,…}
 * @param topics names of topics
 * @param from the Kafka time of the first record; null for the beginning
 * @param to the Kafka time before which reading ends; null for what is the end now
 * @param last where some are named, only their partitions are read, each up to the last of these records
 */
public record KafkaExtract(
        String bootstrapServers, List<String> topics, @Nullable Instant from, @Nullable Instant to, List<Origin> last) {

    public KafkaExtract {
        topics = List.copyOf(topics);
        last = List.copyOf(last);
    }

    /** The offsets behind the last records; empty where none are named. */
    Map<TopicPartition, Long> ends() {
        return last.stream()
                .collect(Collectors.toMap(
                        origin -> new TopicPartition(origin.name(), origin.partition()),
                        origin -> origin.position() + 1,
                        Math::max));
    }
}
