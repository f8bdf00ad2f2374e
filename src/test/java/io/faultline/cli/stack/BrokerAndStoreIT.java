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
        StackFiles files = StackFiles.prepare(Path.of(""));
        Directories.delete(WORK.resolve("kept"));

        try (KafkaServer kafka = KafkaServer.start(files, WORK.resolve("kept/kafka"));
                ElasticsearchServer elasticsearch =
                        ElasticsearchServer.start(files, WORK.resolve("kept/elasticsearch"))) {
            kafka.awaitReady();
            elasticsearch.awaitReady();
            kafka.createTopic("logs", 2);
            kafka.createTopic("logs", 2);
            send(kafka, "logs", "a line");
            elasticsearch.request("PUT", "/logs/_doc/1", "{\"message\":\"a line\"}");

            kafka.kill();
            elasticsearch.kill();
            assertThatThrownBy(() -> elasticsearch.request("GET", "/", "")).isInstanceOf(ServerException.class);
            kafka.restart();
            elasticsearch.restart();

            assertThat(elasticsearch.count("logs")).isOne();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                assertThat(admin.describeTopics(List.of("logs"))
                                .allTopicNames()
                                .get(30, TimeUnit.SECONDS)
                                .get("logs")
                                .partitions())
                        .hasSize(2);
            }
        }
    }

    @Test
    void quotesTheLogOfAServerThatDoesNotStart() throws IOException {
        StackFiles files = StackFiles.prepare(Path.of(""));
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
