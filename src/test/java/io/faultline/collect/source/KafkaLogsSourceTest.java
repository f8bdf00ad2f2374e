package io.faultline.collect.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaLogsSourceTest {

    @Test
    void remembersWhereARecordWasAndWhatItsHeadersSaid() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("host", "gpu-a1".getBytes(UTF_8));
        headers.add("empty", null);

        RawLog log = decode(record("train-llm", "a line", headers)).get(0);

        assertThat(log.origin()).isEqualTo(Origin.kafka("logs", 3, 42));
        assertThat(log.observedTimestamp()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(log.stream()).isEqualTo("train-llm");
        assertThat(log.payload()).asString(UTF_8).isEqualTo("a line");
        assertThat(log.headers()).isEqualTo(Attributes.of("host", "gpu-a1"));
    }

    @Test
    void takesThePartitionForTheStreamWhereThereIsNoKey() {
        assertThat(decode(record(null, "a line", new RecordHeaders())))
                .extracting(RawLog::stream)
                .containsExactly("logs/3");
    }

    @Test
    void passesOverATombstone() {
        assertThat(decode(record("train-llm", null, new RecordHeaders()))).isEmpty();
    }

    @Test
    void endsAtTheLatestOffsetsWhenBounded() throws IOException {
        KafkaSettings bounded = settings("{bootstrap-servers: 'b:9092', topics: logs, bounded: true}")
                .kafka();
        KafkaSettings endless = settings("{bootstrap-servers: 'b:9092', topic-pattern: 'logs-.*', start: earliest}")
                .kafka();

        assertThat(KafkaLogsSource.of(bounded).getBoundedness()).isEqualTo(Boundedness.BOUNDED);
        assertThat(KafkaLogsSource.of(endless).getBoundedness()).isEqualTo(Boundedness.CONTINUOUS_UNBOUNDED);
    }

    @Test
    void handsPropertiesAndSecretsToKafka() throws IOException {
        KafkaSettings settings = settings(
                        "{bootstrap-servers: 'b:9092', topics: logs, properties: ['security.protocol=SASL_SSL'],"
                                + " jaas-config-env: JAAS}")
                .kafka();

        assertThat(settings.asProperties())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers",
                        "b:9092",
                        "security.protocol",
                        "SASL_SSL",
                        "sasl.jaas.config",
                        "a=secret"));
        assertThat(settings.toString()).doesNotContain("a=secret");
    }

    @Test
    void tellsEverythingThatIsWrongWithTheSettings() throws IOException {
        Problems problems = new Problems();

        read("{bootstrap-servers: 'b:9092', start: timestamp, properties: [nonsense], topic-pattern: '('}", problems);
        read("{topics: [logs], start: yesterday}", problems);

        assertThat(problems.all())
                .anyMatch(text -> text.startsWith("collect.source.kafka.start-timestamp: is missing"))
                .anyMatch(text -> text.contains("\"nonsense\" is not name=value"))
                .anyMatch(text -> text.contains("\"(\" is no regular expression"))
                .anyMatch(text -> text.equals("collect.source.kafka.bootstrap-servers: is missing"))
                .anyMatch(text -> text.contains("\"yesterday\" is not one of earliest, latest, committed, timestamp"))
                .hasSize(5);
    }

    @Test
    void namesTheSettingWhenNoBrokerAnswers() throws IOException {
        int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        Problems problems = new Problems();

        KafkaCheck.problems(KafkaSettings.of("localhost:" + nobody, List.of("logs")), problems);

        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0))
                .startsWith("collect.source.kafka.bootstrap-servers: no Kafka broker answers at \"localhost:" + nobody);
    }

    @Test
    void asksNobodyWhereKafkaIsNotConfigured() {
        Problems problems = new Problems();

        KafkaCheck.problems(KafkaSettings.defaults(), problems);

        assertThat(problems.isEmpty()).isTrue();
    }

    private static SourceSettings settings(String kafka) throws IOException {
        Problems problems = new Problems();
        SourceSettings settings = read(kafka, problems);
        assertThat(problems.all()).isEmpty();
        return settings;
    }

    private static SourceSettings read(String kafka, Problems problems) throws IOException {
        var tree = new YAMLMapper().readTree("collect: {source: {kafka: " + kafka + "}}");
        SettingsReader reader = new SettingsReader(tree, problems, Map.of("JAAS", "a=secret"));
        SourceSettings settings = SourceSettings.read(reader.group("collect").group("source"));
        reader.finish();
        return settings;
    }

    private static List<RawLog> decode(ConsumerRecord<byte[], byte[]> record) {
        List<RawLog> out = new ArrayList<>();
        new KafkaLogsSource.RecordToRawLog().deserialize(record, new ListCollector<>(out));
        return out;
    }

    private static ConsumerRecord<byte[], byte[]> record(
            @Nullable String key, @Nullable String value, RecordHeaders headers) {
        long time = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
        return new ConsumerRecord<>(
                "logs",
                3,
                42,
                time,
                TimestampType.CREATE_TIME,
                0,
                0,
                bytes(key),
                bytes(value),
                headers,
                Optional.empty());
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(UTF_8);
    }
}
