package io.faultline.respond.remediate.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.faultline.model.ActionRequest;
import io.faultline.model.ActionRequest.State;
import io.faultline.model.ActionResult;
import io.faultline.model.ActionStep;
import io.faultline.model.ActionStep.Kind;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    private Path directory;

    private final KubernetesApi api = new KubernetesApi(TEN.plusSeconds(5));

    @BeforeEach
    void fill() {
        api.addNodes(5);
        api.addPod("ml", "chat-0", "gpu-a1", "StatefulSet", TEN.minusSeconds(900));
        api.addPod("ml", "train-llm-3", "gpu-a1", "Job", TEN.minusSeconds(900));
        api.addPod("kube-system", "exporter-x", "gpu-a1", "DaemonSet", TEN.minusSeconds(900));
        api.addPod("ml", "elsewhere", "gpu-a2", "Job", TEN.minusSeconds(900));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        ActionResult result = carryOut(
                State.DRY_RUN,
                step(Kind.CORDON_NODE, "node gpu-a1"),
                step(Kind.DRAIN_NODE, "node gpu-a1"),
                step(Kind.EXCLUDE_NODE, "node gpu-a2"),
                step(Kind.RESTART_POD, "pod chat-0"));

        assertThat(result.done()).isTrue();
        assertThat(result.dryRun()).isTrue();
        assertThat(result.steps())
                .extracting(ActionResult.Step::toString)
                .containsExactly(
                        "cordon-node gpu-a1: schedulable -> unschedulable",
                        "drain-node gpu-a1: 2 pods -> 0 pods",
                        "exclude-node gpu-a2: schedulable -> schedulable, excluded",
                        "restart-pod chat-0: 1 pod -> 0 pods");
        assertThat(api.pods()).hasSize(4);
        assertThat(api.node("gpu-a1").path("spec")).isEmpty();
        assertThat(api.node("gpu-a2").path("spec")).isEmpty();
        assertThat(api.writes).contains("PATCH /api/v1/nodes/gpu-a1?dryRun=All");
    }

    @Test
    void cordonsAndDrainsANodeAndSaysWhoDidIt() throws Exception {
        ActionResult result =
                carryOut(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-a1"), step(Kind.DRAIN_NODE, "node gpu-a1"));

        assertThat(result.done()).isTrue();
        assertThat(api.node("gpu-a1").at("/spec/unschedulable").asBoolean()).isTrue();
        assertThat(api.node("gpu-a1")
                        .at("/metadata/annotations/faultline.io~1action")
                        .asText())
                .isEqualTo("lost-gpu-0f3a5c7e9b21");
        assertThat(api.pods()).containsExactly("kube-system/exporter-x", "ml/chat-0", "ml/elsewhere");
        assertThat(api.pod("ml/chat-0").at("/spec/nodeName").asText()).isEqualTo("gpu-b1");
        assertThat(api.writes).first().isEqualTo("PATCH /api/v1/nodes/gpu-a1?dryRun=All");
    }

    @Test
    void doesTheSameTwiceWithoutHarm() throws Exception {
        ActionStep cordon = step(Kind.CORDON_NODE, "node gpu-a1");
        ActionStep restart = step(Kind.RESTART_POD, "pod chat-0");
        carryOut(State.ORDERED, cordon, restart);
        String uid = api.pod("ml/chat-0").at("/metadata/uid").asText();

        ActionResult again = carryOut(State.ORDERED, cordon, restart);

        assertThat(again.steps())
                .extracting(ActionResult.Step::toString)
                .containsExactly(
                        "cordon-node gpu-a1: unschedulable", "restart-pod chat-0: 0 pods -> a new pod runs already");
        assertThat(api.pod("ml/chat-0").at("/metadata/uid").asText()).isEqualTo(uid);
    }

    @Test
    void waitsForADisruptionBudgetAsLongAsTheOrderIsGood() throws Exception {
        api.protect("ml/chat-0", 4);

        ActionResult result = carryOut(State.ORDERED, step(Kind.DRAIN_NODE, "node gpu-a1"));

        assertThat(result.done()).isTrue();
        assertThat(api.pod("ml/chat-0").at("/spec/nodeName").asText()).isEqualTo("gpu-b1");
    }

    @Test
    void neverBreaksADisruptionBudget() throws Exception {
        api.protect("ml/chat-0", 1_000_000);

        ActionResult dry = carryOut(State.DRY_RUN, step(Kind.DRAIN_NODE, "node gpu-a1"));
        ActionResult result = carryOut("\nlongest: 1s", State.ORDERED, step(Kind.DRAIN_NODE, "node gpu-a1"));

        assertThat(dry.steps().get(0).after()).isEqualTo("0 pods, once the disruption budgets of ml/chat-0 allow it");
        assertThat(result.done()).isFalse();
        assertThat(result.detail()).isEqualTo("drain-node gpu-a1: a disruption budget keeps ml/chat-0");
        assertThat(api.pods()).contains("ml/chat-0");
    }

    @Test
    void doesNotBeginWhatItsDryRunForbids() throws Exception {
        api.addPod("ml", "by-hand", "gpu-a1", null, TEN.minusSeconds(900));

        ActionResult bare =
                carryOut(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-a1"), step(Kind.DRAIN_NODE, "node gpu-a1"));

        assertThat(bare.done()).isFalse();
        assertThat(bare.detail())
                .isEqualTo(
                        "nothing was done, since the dry run failed: drain-node gpu-a1: nothing would make ml/by-hand"
                                + " again");
        assertThat(api.node("gpu-a1").path("spec")).isEmpty();
    }

    @Test
    void keepsLocalDataUnlessItIsToldNotTo() throws Exception {
        ObjectNode pod = api.addPod("ml", "cache", "gpu-a2", "Job", TEN.minusSeconds(900));
        pod.withObject("/spec")
                .putArray("volumes")
                .addObject()
                .put("name", "scratch")
                .putObject("emptyDir");
        ObjectNode shared = api.addPod("ml", "ranks", "gpu-a3", "Job", TEN.minusSeconds(900));
        shared.withObject("/spec")
                .putArray("volumes")
                .addObject()
                .put("name", "shm")
                .putObject("emptyDir")
                .put("medium", "Memory");

        assertThat(carryOut(State.ORDERED, step(Kind.DRAIN_NODE, "node gpu-a2")).detail())
                .contains("the local data of ml/cache would be lost");
        assertThat(carryOut(State.ORDERED, step(Kind.DRAIN_NODE, "node gpu-a3")).done())
                .isTrue();
        assertThat(carryOut("delete-local-data: true", State.ORDERED, step(Kind.DRAIN_NODE, "node gpu-a2"))
                        .done())
                .isTrue();
    }

    @Test
    void takesNoMoreNodesOutThanItsShareWhoeverTookTheOthers() throws Exception {
        ActionResult first = carryOut(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-a1"));
        ActionResult second = carryOut(State.ORDERED, step(Kind.EXCLUDE_NODE, "node gpu-a2"));
        ActionResult same = carryOut(State.ORDERED, step(Kind.EXCLUDE_NODE, "node gpu-a1"));

        assertThat(first.done()).isTrue();
        assertThat(second.detail()).contains("1 of 5 nodes are out of service, one more is beyond the share of 0.2");
        assertThat(same.done()).isTrue();
        assertThat(api.node("gpu-a1").at("/spec/taints/0/key").asText()).isEqualTo(Nodes.EXCLUDED);
    }

    @Test
    void restartsAllPodsOfAJob() throws Exception {
        api.addPod("ml", "train-llm-4", "gpu-a2", "StatefulSet", TEN.minusSeconds(900))
                .withObject("/metadata/labels")
                .put("batch.kubernetes.io/job-name", "train-llm");

        ActionResult result = carryOut(State.ORDERED, step(Kind.RESTART_JOB, "job train-llm"));
        ActionResult none = carryOut(State.ORDERED, step(Kind.RESTART_JOB, "job train-vlm"));

        assertThat(result.done()).isTrue();
        assertThat(api.pod("ml/train-llm-4").at("/spec/nodeName").asText()).isEqualTo("gpu-b1");
        assertThat(none.detail()).contains("no pod runs that has the label batch.kubernetes.io/job-name=train-vlm");
    }

    @Test
    void looksOnlyIntoTheNamespacesThatItMayTouch() throws Exception {
        ActionResult result = carryOut("namespaces: [other]", State.ORDERED, step(Kind.RESTART_POD, "pod chat-0"));

        assertThat(result.detail()).contains("there is no pod chat-0 in other");
    }

    @Test
    void doesNotCarryOutAnOrderThatIsNoLongerGood() throws Exception {
        ActionRequest order = request(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-a1"));

        try (Executor executor = executor("", TEN.plus(Duration.ofDays(2)))) {
            ActionResult result = executor.carryOut(order);

            assertThat(result.done()).isFalse();
            assertThat(result.detail()).isEqualTo("the order was good until 2026-03-01T10:10:00Z");
        }
        assertThat(api.writes).isEmpty();
    }

    @Test
    void looksAgainWhereSomebodyChangedTheNodeMeanwhile() throws Exception {
        api.before("PATCH /api/v1/nodes/gpu-a1?dryRun=All", () -> api.touch("gpu-a1"));
        api.before("PATCH /api/v1/nodes/gpu-a1", () -> api.touch("gpu-a1"));

        ActionResult result = carryOut(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-a1"));

        assertThat(result.detail()).isEmpty();
        assertThat(api.node("gpu-a1").at("/spec/unschedulable").asBoolean()).isTrue();
        assertThat(api.writes).hasSize(4);
    }

    @Test
    void givesUpOnANodeThatNeverStandsStill() throws Exception {
        api.before("PATCH /api/v1/nodes/gpu-a1?dryRun=All", new Runnable() {
            @Override
            public void run() {
                api.touch("gpu-a1");
                api.before("PATCH /api/v1/nodes/gpu-a1?dryRun=All", this);
            }
        });

        ActionResult result = carryOut(State.DRY_RUN, step(Kind.CORDON_NODE, "node gpu-a1"));

        assertThat(result.detail()).contains("the API server says: the object has been modified");
        assertThat(api.writes).hasSize(5);
    }

    @Test
    void takesAPodThatLeftMeanwhileForGone() throws Exception {
        api.before("POST /api/v1/namespaces/ml/pods/train-llm-3/eviction", () -> api.remove("ml/train-llm-3"));
        api.before("POST /api/v1/namespaces/ml/pods/chat-0/eviction", () -> {
            api.remove("ml/chat-0");
            api.addPod("ml", "chat-0", "gpu-b1", "StatefulSet", TEN.plusSeconds(5));
        });
        String uid = api.pod("ml/chat-0").at("/metadata/uid").asText();

        ActionResult result = carryOut(State.DRY_RUN, step(Kind.DRAIN_NODE, "node gpu-a1"));

        assertThat(result.steps().get(0)).hasToString("drain-node gpu-a1: 2 pods -> 0 pods");
        assertThat(api.pod("ml/chat-0").at("/metadata/uid").asText()).isNotEqualTo(uid);
    }

    @Test
    void saysWhichRightItLacksBeforeItChangesAnything() throws Exception {
        api.forbid("create pods/eviction");

        ActionResult result =
                carryOut(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-a1"), step(Kind.DRAIN_NODE, "node gpu-a1"));

        assertThat(result.detail())
                .startsWith("nothing was done, since the dry run failed: drain-node gpu-a1: the API server says: ")
                .contains("cannot create pods/eviction");
        assertThat(api.node("gpu-a1").path("spec")).isEmpty();
    }

    @Test
    void twoThatHaveTheSameOrderDoItOnce() throws Exception {
        ActionStep[] steps = {step(Kind.CORDON_NODE, "node gpu-a1"), step(Kind.DRAIN_NODE, "node gpu-a1")};
        api.protect("ml/chat-0", 20);
        var other = CompletableFuture.supplyAsync(() -> {
            try {
                return carryOut(State.ORDERED, steps);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });

        ActionResult result = carryOut(State.ORDERED, steps);

        assertThat(List.of(result, other.get(1, TimeUnit.MINUTES)))
                .allSatisfy(each -> assertThat(each.detail()).isEmpty());
        assertThat(api.pod("ml/chat-0").at("/metadata/creationTimestamp").asText())
                .isEqualTo(TEN.plusSeconds(5).toString());
        assertThat(api.pods()).containsExactly("kube-system/exporter-x", "ml/chat-0", "ml/elsewhere");
    }

    @Test
    void goesOnWhereOneThatWasKilledLeftOff() throws Exception {
        ActionStep[] steps = {step(Kind.CORDON_NODE, "node gpu-a1"), step(Kind.DRAIN_NODE, "node gpu-a1")};
        api.protect("ml/chat-0", 1_000_000);
        Thread killed = new Thread(() -> {
            try {
                carryOut(State.ORDERED, steps);
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        killed.start();
        await().atMost(Duration.ofMinutes(1)).until(() -> !api.pods().contains("ml/train-llm-3"));
        killed.interrupt();
        killed.join();
        api.protect("ml/chat-0", 0);

        ActionResult result = carryOut(State.ORDERED, steps);

        assertThat(result.steps())
                .extracting(ActionResult.Step::toString)
                .containsExactly("cordon-node gpu-a1: unschedulable", "drain-node gpu-a1: 1 pod -> 0 pods");
    }

    @Test
    void saysWhatIsInTheWay() throws Exception {
        assertThat(carryOut(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-z9"))
                        .detail())
                .contains("there is no node gpu-z9");
        assertThat(carryOut(State.ORDERED, new ActionStep(Kind.WEBHOOK, "node gpu-a1", "tickets"))
                        .detail())
                .contains("there is no webhook \"tickets\"");
        api.close();
        assertThat(carryOut(State.ORDERED, step(Kind.CORDON_NODE, "node gpu-a1"))
                        .detail())
                .contains("the API server did not answer: ");
    }

    @Test
    void needsTheRightsThatItsServiceAccountHasAndNoOthers() throws Exception {
        api.addPod("ml", "train-llm-4", "gpu-a3", "StatefulSet", TEN.minusSeconds(900))
                .withObject("/metadata/labels")
                .put("batch.kubernetes.io/job-name", "train-llm");
        ActionResult result = carryOut(
                "max-unschedulable: 1.0",
                State.ORDERED,
                step(Kind.CORDON_NODE, "node gpu-a1"),
                step(Kind.DRAIN_NODE, "node gpu-a1"),
                step(Kind.EXCLUDE_NODE, "node gpu-a2"),
                step(Kind.RESTART_POD, "pod chat-0"),
                step(Kind.RESTART_JOB, "job train-llm"));

        assertThat(result.detail()).isEmpty();
        assertThat(api.rights).containsExactlyInAnyOrderElementsOf(granted());
    }

    private static List<String> granted() throws IOException {
        List<String> rights = new ArrayList<>();
        ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
        try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(new File("k8s/executor.yaml"))) {
            for (JsonNode document : documents.readAll()) {
                for (JsonNode rule : document.path("rules")) {
                    rule.path("verbs")
                            .forEach(verb -> rights.add(verb.asText()
                                    + ' '
                                    + rule.path("resources").path(0).asText()));
                }
            }
        }
        return rights;
    }

    private ActionResult carryOut(State state, ActionStep... steps) throws Exception {
        return carryOut("", state, steps);
    }

    private ActionResult carryOut(String kubernetes, State state, ActionStep... steps) throws Exception {
        try (Executor executor = executor(kubernetes, TEN.plusSeconds(1))) {
            return executor.carryOut(request(state, steps));
        }
    }

    /** Its clock goes on from a time. */
    private Executor executor(String kubernetes, Instant now) throws IOException {
        String text =
                """
                cluster: lab
                kafka: {bootstrap-servers: unused, actions-topic: actions, results-topic: results}
                kubernetes:
                  kubeconfig: %s
                  pause: 5ms
                  %s
                """
                        .formatted(api.kubeconfig(directory), kubernetes);
        Problems problems = new Problems();
        SettingsReader reader = new SettingsReader(YamlFile.parse("act.yaml", text), problems, Map.of());
        ActSettings settings = ActSettings.read(reader);
        reader.finish();
        problems.throwIfAny("act.yaml");
        return new Executor(settings, Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), now)));
    }

    private static ActionRequest request(State state, ActionStep... steps) {
        return new ActionRequest(
                "lost-gpu-0f3a5c7e9b21",
                "lost-gpu",
                "Take a node that lost a GPU out of service",
                "i1",
                1,
                "lab",
                List.of(steps),
                state,
                false,
                TEN,
                TEN.plusSeconds(600),
                "ann",
                "approved");
    }

    private static ActionStep step(Kind kind, String target) {
        return new ActionStep(kind, target, "");
    }
}
