package io.faultline.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class BrokerAndStoreIT {

    private static final Path WORK = Path.of("target/it/broker-and-store");

    @Test
    void keepTheirDataOverAKill() throws Exception {
        KafkaServer kafka = SharedServers.kafka();
        ElasticsearchServer elasticsearch = SharedServers.elasticsearch();
        kafka.createTopic("kept", 2);
        kafka.createTopic("kept", 2);
        send(kafka, "kept", "a line");
        elasticsearch.request("PUT", "/kept/_doc/1", "{\"message\":\"a line\"}");

        kafka.kill();
        elasticsearch.kill();
        assertThatThrownBy(() -> elasticsearch.request("GET", "/", "")).isInstanceOf(ServerException.class);
        kafka.restart();
        elasticsearch.restart();

        assertThat(elasticsearch.count("kept")).isOne();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.describeTopics(List.of("kept"))
                            .allTopicNames()
                            .get(30, TimeUnit.SECONDS)
                            .get("kept")
                            .partitions())
                    .hasSize(2);
        }
    }

    @Test
    void quotesTheLogOfAServerThatDoesNotStart() throws IOException {
        StackFiles files = SharedServers.files();
        Path work = Directories.delete(WORK.resolve("broken"));
        Files.createDirectories(work);
        Files.writeString(work.resolve("data"), "a file where the broker wants a directory");

        try (KafkaServer kafka = KafkaServer.start(files, work)) {
            assertThatThrownBy(kafka::awaitReady)
                    .isInstanceOf(ServerException.class)
                    .hasMessageContaining("before it was ready; the end of")
                    .hasMessageContaining("broken/data");
        }
    }

    private static void send(KafkaServer kafka, String topic, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
        }
    }
}
