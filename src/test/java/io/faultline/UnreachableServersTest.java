package io.faultline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.faultline.settings.SettingsException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** A job whose servers are not there says so before it starts. */
class UnreachableServersTest {

    @Test
    void tellsEveryServerThatIsNotThereWithItsSetting() {
        SettingsException problem = build("localhost:1", "http://localhost:1");

        assertThat(problem.problems())
                .satisfiesExactly(
                        kafka -> assertThat(kafka)
                                .startsWith("collect.source.kafka.bootstrap-servers: no Kafka broker answers at "
                                        + "\"localhost:1\""),
                        elasticsearch -> assertThat(elasticsearch)
                                .startsWith("store.elasticsearch.hosts: none of [http://localhost:1] can be reached"));
    }

    @Test
    void doesNotWaitForServersThatListenButNeverAnswer() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getByName("localhost"))) {
            String address = "localhost:" + mute.getLocalPort();
            long started = System.nanoTime();

            SettingsException problem = build(address, "http://" + address);

            assertThat(problem.problems()).hasSize(2).allMatch(text -> text.contains(address));
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(15));
        }
    }

    private static SettingsException build(String broker, String node) {
        SettingsTree tree = new SettingsTree()
                .put("collect.source.kafka.bootstrap-servers", broker)
                .put("collect.source.kafka.topics", List.of("logs"))
                .put("store.elasticsearch.hosts", List.of(node));
        JobSettings settings = JobSettings.read("job.yaml", tree.tree(), Map.of());
        return catchThrowableOfType(
                SettingsException.class,
                () -> LogJob.build(StreamExecutionEnvironment.createLocalEnvironment(1), "job.yaml", settings));
    }
}
