package io.faultline.cli;

import static io.faultline.model.ActionRequest.State.AWAITING_APPROVAL;
import static io.faultline.model.ActionRequest.State.DONE;
import static io.faultline.model.ActionRequest.State.DRY_RUN;
import static io.faultline.model.ActionRequest.State.ORDERED;
import static io.faultline.model.ActionRequest.State.VERIFIED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.Incident;
import io.faultline.respond.control.CommandReader;
import io.faultline.respond.remediate.Approval;
import io.faultline.respond.remediate.NodeCounts;
import io.faultline.respond.remediate.RemediateFunction;
import io.faultline.respond.remediate.RemediateInput;
import io.faultline.respond.remediate.SampleActions;
import io.faultline.respond.remediate.execute.ActSettings;
import io.faultline.respond.remediate.execute.KubernetesApi;
import io.faultline.store.document.ActionDocument;
import io.faultline.store.document.ActionResultDocument;
import io.faultline.store.kafka.ActionResultsSource;
import io.faultline.store.kafka.ActionTopicSink;
import io.faultline.store.kafka.KeyedTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.serialization.SimpleStringSchema;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an incident to a cordoned node and back, through a real broker: a job on one side, executors on the other. */
class RemediationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String INCIDENTS = "remediation-incidents";
    private static final String CONTROL = "remediation-control";
    private static final String ACTIONS = "remediation-actions";
    private static final String RESULTS = "remediation-results";

    @TempDir
    private Path directory;

    private final KafkaServer kafka = SharedServers.kafka();
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final List<ActionRequest> seen = new ArrayList<>();

    @Test
    void drainsTheNodeOfALostGpuAfterAnApproval() throws Exception {
        for (String topic : List.of(INCIDENTS, CONTROL, ACTIONS, RESULTS)) {
            kafka.createTopic(topic, 1);
        }
        JobClient job = job();
        try (KubernetesApi api = cluster();
                KafkaConsumer<byte[], byte[]> actions = actions()) {
            String id;
            try (Running executor = new Running(api)) {
                write(INCIDENTS, "i1", "OPEN " + Instant.now());
                id = await(actions, AWAITING_APPROVAL).id();
                assertThat(last().reason()).startsWith("cordon-node gpu-a1: schedulable -> unschedulable");
                assertThat(api.node("gpu-a1").path("spec")).isEmpty();

                write(
                        CONTROL,
                        "approval/" + id,
                        "{\"action\":\"" + id
                                + "\",\"approved\":true,\"author\":\"ann\",\"reason\":\"nothing else runs there\"}");
                await(actions, DONE);
            }
            write(INCIDENTS, "i1", "RESOLVED " + Instant.now());
            await(actions, VERIFIED);

            assertThat(seen)
                    .extracting(ActionRequest::state)
                    .containsExactly(DRY_RUN, AWAITING_APPROVAL, ORDERED, DONE, VERIFIED);
            assertThat(api.node("gpu-a1").at("/spec/unschedulable").asBoolean()).isTrue();
            assertThat(api.pod("ml/chat-0").at("/spec/nodeName").asText()).isEqualTo("gpu-b1");
            assertThat(ActionResultDocument.read(results().get(id + "/order")).steps())
                    .extracting(ActionResult.Step::toString)
                    .containsExactly(
                            "cordon-node gpu-a1: schedulable -> unschedulable", "drain-node gpu-a1: 1 pod -> 0 pods");

            // an executor that reads the topic from its beginning does nothing again, and tells again what it knows
            int writes = api.writes.size();
            long end = actions.position(new TopicPartition(ACTIONS, 0));
            try (Running another = new Running(api, "another-group")) {
                Awaitility.await().atMost(PATIENCE).until(() -> readBy("another-group-lab") == end);
            }
            assertThat(api.writes).hasSize(writes);
            assertThat(end(RESULTS)).isEqualTo(4);
            assertThat(results()).containsOnlyKeys(id + "/dry-run", id + "/order");
        } finally {
            job.cancel().get();
        }
    }

    private static KubernetesApi cluster() {
        Instant now = Instant.now();
        KubernetesApi api = new KubernetesApi(now.plusSeconds(600));
        api.addNodes(10);
        api.addPod("ml", "chat-0", "gpu-a1", "StatefulSet", now.minusSeconds(600));
        api.protect("ml/chat-0", 1);
        return api;
    }

    /** What the job does about incidents, without what finds them. */
    private JobClient job() throws Exception {
        Configuration configuration = new Configuration();
        configuration.setString("pipeline.generic-types", "false");
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        DataStream<RemediateInput> incidents = texts(environment, INCIDENTS)
                .map(text -> RemediateInput.of(incident(text)))
                .returns(RemediateInput.class);
        DataStream<RemediateInput> results = environment
                .fromSource(
                        ActionResultsSource.of(RESULTS, SharedServers.kafkaClient()),
                        WatermarkStrategy.noWatermarks(),
                        RESULTS)
                .map(RemediateInput::of)
                .returns(RemediateInput.class);
        DataStream<Approval> approvals =
                texts(environment, CONTROL).map(RemediationIT::approval).returns(Approval.class);
        DataStream<ActionRequest> requests = incidents
                .union(results)
                .keyBy(RemediateInput::cluster)
                .connect(approvals.broadcast(RemediateFunction.APPROVALS))
                .process(new RemediateFunction(SampleActions.settings(SampleActions.lostGpu()), NodeCounts.UNKNOWN));
        ActionTopicSink.add(requests, kafka.bootstrapServers(), ACTIONS);
        return environment.executeAsync();
    }

    private DataStream<String> texts(StreamExecutionEnvironment environment, String topic) {
        KafkaSource<String> source = KafkaSource.<String>builder()
                .setBootstrapServers(kafka.bootstrapServers())
                .setTopics(topic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setValueOnlyDeserializer(new SimpleStringSchema())
                .build();
        return environment.fromSource(source, WatermarkStrategy.noWatermarks(), topic);
    }

    private static Approval approval(String text) throws IOException {
        String action = new ObjectMapper().readTree(text).path("action").asText();
        return Approval.of(CommandReader.read("approval/" + action, text, Instant.now()));
    }

    private static Incident incident(String text) {
        String[] words = text.split(" ", -1);
        Incident.State state = Incident.State.valueOf(words[0]);
        return SampleActions.incident("i1", state.ordinal() + 1, "gpu-a1", state, Instant.parse(words[1]));
    }

    private void write(String topic, String key, String value) throws IOException {
        new KeyedTopic(topic, SharedServers.kafkaClient())
                .write(List.of(new KeyedTopic.Entry(key, value.getBytes(UTF_8))));
    }

    private Map<String, byte[]> results() throws IOException {
        return new KeyedTopic(RESULTS, SharedServers.kafkaClient()).read();
    }

    private KafkaConsumer<byte[], byte[]> actions() {
        var consumer = new KafkaConsumer<>(
                SharedServers.kafkaClient(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        TopicPartition partition = new TopicPartition(ACTIONS, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    private long end(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(
                SharedServers.kafkaClient(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    /** How far a consumer group has read. */
    private long readBy(String group) {
        Properties properties = SharedServers.kafkaClient();
        properties.setProperty("group.id", group);
        TopicPartition partition = new TopicPartition(ACTIONS, 0);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            OffsetAndMetadata read = consumer.committed(Set.of(partition)).get(partition);
            return read == null ? 0 : read.offset();
        }
    }

    private ActionRequest await(KafkaConsumer<byte[], byte[]> actions, ActionRequest.State state) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            actions.poll(Duration.ofMillis(100)).forEach(record -> seen.add(read(record.value())));
            return !seen.isEmpty() && last().state() == state;
        });
        return last();
    }

    private ActionRequest last() {
        return seen.get(seen.size() - 1);
    }

    private static ActionRequest read(byte[] document) {
        try {
            return ActionDocument.read(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An executor in a thread. */
    private final class Running implements AutoCloseable {

        private final ActionLoop loop;
        private final Thread thread;

        Running(KubernetesApi api) throws IOException {
            this(api, "first-group");
        }

        Running(KubernetesApi api, String group) throws IOException {
            Path config = Files.writeString(
                    directory.resolve("act.yaml"),
                    """
                    cluster: lab
                    kafka:
                      bootstrap-servers: %s
                      actions-topic: %s
                      results-topic: %s
                      group-id: %s
                    kubernetes: {kubeconfig: %s, namespaces: [ml], pause: 50ms}
                    """
                            .formatted(kafka.bootstrapServers(), ACTIONS, RESULTS, group, api.kubeconfig(directory)));
            ActSettings settings = ActCommand.settings(config, Map.of());
            loop = new ActionLoop(settings, Clock.systemUTC(), said::add);
            thread = new Thread(this::run, group);
            thread.start();
        }

        private void run() {
            try {
                loop.run();
            } catch (IOException | InterruptedException e) {
                said.add("failed: " + e);
            }
        }

        @Override
        public void close() throws InterruptedException {
            loop.stop();
            thread.join();
            loop.close();
            assertThat(said).noneMatch(line -> line.startsWith("failed"));
        }
    }
}
