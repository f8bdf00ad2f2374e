package io.faultline.store.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.model.Incident;
import io.faultline.model.Rejected;
import io.faultline.store.document.SampleDocuments;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TopicSinkIT {

    @Test
    void putsIncidentsAndRejectedInputsIntoTheirTopicsByKey() throws Exception {
        KafkaServer kafka = SharedServers.kafka();
        TopicSettings settings = new TopicSettings(kafka.bootstrapServers(), "sink-incidents", "sink-rejected", "");
        kafka.createTopic("sink-incidents", 1);
        kafka.createTopic("sink-rejected", 1);
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);

        TopicSink.incidents(environment.fromData(Incident.class, SampleDocuments.incident()), settings);
        TopicSink.rejected(environment.fromData(Rejected.class, SampleDocuments.rejected(new byte[] {'x'})), settings);
        environment.execute();

        ConsumerRecord<String, String> incident = read(kafka, "sink-incidents");
        assertThat(incident.key()).isEqualTo("i1");
        assertThat(incident.value()).startsWith("{").contains("\"incident.severity\":\"critical\"");
        ConsumerRecord<String, String> rejected = read(kafka, "sink-rejected");
        assertThat(rejected.key()).isEqualTo("logs/3@120044");
        assertThat(rejected.value()).contains("\"rejected.reason\":\"binary\"", "\"rejected.payload\":\"x\"");
    }

    private static ConsumerRecord<String, String> read(KafkaServer kafka, String topic) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(500)).forEach(found::add);
                return !found.isEmpty();
            });
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
