package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.cli.stack.StackFiles;
import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.ActionStep;
import io.faultline.respond.remediate.execute.KubernetesApi;
import io.faultline.store.document.ActionDocument;
import io.faultline.store.document.ActionResultDocument;
import io.faultline.store.kafka.KeyedTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executor as a process: one that gets SIGKILL in the middle of an action, and the next one, which SIGTERM ends. */
class KilledExecutorIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ACTIONS = "killed-executor-actions";
    private static final String RESULTS = "killed-executor-results";
    private static final String ACTION = "lost-gpu-0f3a5c7e9b21";

    @TempDir
    private Path directory;

    private final KafkaServer kafka = SharedServers.kafka();

    @Test
    void theNextOneGoesOnWhereTheKilledOneLeftOff() throws Exception {
        kafka.createTopic(ACTIONS, 1);
        kafka.createTopic(RESULTS, 1);
        Instant now = Instant.now();
        try (KubernetesApi api = new KubernetesApi(now.plusSeconds(600))) {
            api.addNodes(10);
            api.addPod("ml", "train-llm-3", "gpu-a1", "Job", now.minusSeconds(600));
            api.addPod("ml", "zoo-0", "gpu-a1", "ReplicaSet", now.minusSeconds(600));
            api.protect("ml/zoo-0", Integer.MAX_VALUE);
            Path settings = settings(api);
            write(order(now));

            Process killed = executor(settings, "first.log");
            try {
                await().atMost(PATIENCE).until(() -> !api.pods().contains("ml/train-llm-3"));
            } finally {
                killed.destroyForcibly();
            }
            assertThat(killed.waitFor()).as(said("first.log")).isEqualTo(128 + 9);
            assertThat(results()).isEmpty();
            api.protect("ml/zoo-0", 0);

            Process next = executor(settings, "next.log");
            try {
                await().atMost(PATIENCE).until(() -> !results().isEmpty());
            } finally {
                next.destroy();
            }
            assertThat(next.waitFor()).as(said("next.log")).isEqualTo(128 + 15);

            assertThat(ActionResultDocument.read(results().get(ACTION + "/order"))
                            .steps())
                    .extracting(ActionResult.Step::toString)
                    .containsExactly("cordon-node gpu-a1: unschedulable", "drain-node gpu-a1: 1 pod -> 0 pods");
            assertThat(api.writes)
                    .filteredOn(write -> write.startsWith("PATCH ") && !write.contains("dryRun"))
                    .hasSize(1);
            assertThat(api.node("gpu-a1").at("/spec/unschedulable").asBoolean()).isTrue();
        }
    }

    private static ActionRequest order(Instant now) {
        return new ActionRequest(
                ACTION,
                "lost-gpu",
                "Take a node that lost a GPU out of service",
                "i1",
                1,
                "lab",
                List.of(
                        new ActionStep(ActionStep.Kind.CORDON_NODE, "node gpu-a1", ""),
                        new ActionStep(ActionStep.Kind.DRAIN_NODE, "node gpu-a1", "")),
                ActionRequest.State.ORDERED,
                false,
                now,
                now.plusSeconds(600),
                "ann",
                "approved");
    }

    private Path settings(KubernetesApi api) throws IOException {
        return Files.writeString(
                directory.resolve("act.yaml"),
                """
                cluster: lab
                kafka:
                  bootstrap-servers: %s
                  actions-topic: %s
                  results-topic: %s
                  properties: [session.timeout.ms=6000, heartbeat.interval.ms=1000]
                kubernetes: {kubeconfig: %s, namespaces: [ml], pause: 50ms}
                """
                        .formatted(kafka.bootstrapServers(), ACTIONS, RESULTS, api.kubeconfig(directory)));
    }

    private Process executor(Path settings, String log) throws IOException {
        return new ProcessBuilder(
                        StackFiles.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Faultline.class.getName(),
                        "act",
                        "--config",
                        settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile())
                .start();
    }

    private String said(String log) throws IOException {
        return Files.readString(directory.resolve(log));
    }

    private void write(ActionRequest request) throws IOException {
        byte[] document = new ActionDocument().write(request);
        new KeyedTopic(ACTIONS, SharedServers.kafkaClient())
                .write(List.of(new KeyedTopic.Entry(request.id(), document)));
    }

    private Map<String, byte[]> results() throws IOException {
        return new KeyedTopic(RESULTS, SharedServers.kafkaClient()).read();
    }
}
