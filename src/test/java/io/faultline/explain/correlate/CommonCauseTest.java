package io.faultline.explain.correlate;

import static io.faultline.explain.SampleFleet.onNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.explain.SampleAlerts;
import io.faultline.explain.SampleFleet;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Fleet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommonCauseTest {

    private final CommonCause commonCause = new CommonCause(SampleFleet.large());

    @Test
    void namesTheSwitchWhoseNodesLostTheirLinks() {
        CommonCause.Part part = linkDown(16, 17, 18, 19, 20, 21, 22, 23).orElseThrow();

        assertThat(part.scope().level()).isEqualTo("leaf");
        assertThat(part.scope().value()).isEqualTo("leaf-3");
        assertThat(part.sameAs()).containsExactly("rack r3");
        assertThat(part.scope().affected()).isEqualTo(8);
        assertThat(part.scope().members()).isEqualTo(8);
        assertThat(part.scope().outside()).isZero();
    }

    @Test
    void itsStatisticIsTheHypergeometricTailTimesTheGroupsThatWereTried() {
        // 3 of 3 in a group of 8 of 64: 8·7·6 / (64·63·62); 8 racks, 8 leaves and 2 drivers were tried, the job has all
        double expected = 18 * (8.0 * 7 * 6) / (64.0 * 63 * 62);

        // 16 and 18 and 20 have one driver too, but a third of the nodes in the rack says more than a tenth of the
        // others
        assertThat(expected).isGreaterThan(Population.SIGNIFICANT);
        assertThat(linkDown(16, 17, 18)).isEmpty();
        // 4 of 4: times 5/61
        assertThat(linkDown(16, 17, 18, 19).orElseThrow().scope().pValue()).isCloseTo(expected * 5 / 61, within(1e-12));
    }

    @Test
    void namesTheDriverOfNodesInAllRacks() {
        int[] odd = IntStream.range(0, 16).map(i -> 4 * i + 1).toArray();

        CommonCause.Part part = linkDown(odd).orElseThrow();

        assertThat(part.scope().level() + "=" + part.scope().value()).isEqualTo("driver=575");
        assertThat(part.scope().affected()).isEqualTo(16);
        assertThat(part.scope().members()).isEqualTo(32);
    }

    @Test
    void namesNothingWhereTheAffectedHaveNothingInCommon() {
        assertThat(linkDown(0, 9, 18, 27, 36, 45)).isEmpty();
    }

    @Test
    void namesNothingThatMostOfTheAffectedDoNotBelongTo() {
        assertThat(linkDown(16, 17, 18, 19, 1, 8, 27, 34, 45, 52)).isEmpty();
    }

    @Test
    void namesNothingOfTwo() {
        assertThat(linkDown(16, 17)).isEmpty();
    }

    @Test
    void doesNotCountTheAlertsOfSeveralRulesTogether() {
        List<Alert> three = List.of(
                alert("link-flaps", onNode(16)),
                alert("host-memory-error", onNode(17)),
                alert("node-storage-hangs", onNode(18)),
                alert("gpu-lost", onNode(19)));

        assertThat(commonCause.of(three)).isEmpty();
    }

    @Test
    void namesTheServiceWhoseReplicasFail() {
        List<Alert> dead = IntStream.range(0, 5)
                .mapToObj(i -> alert("engine-death", Entity.UNKNOWN.with(Entity.Level.REPLICA, "chat-" + i)))
                .toList();

        CommonCause.Part part = commonCause.of(dead).orElseThrow();

        assertThat(part.sort()).isEqualTo("replicas");
        assertThat(part.sameAs()).containsExactly("service chat");
        assertThat(part.scope().level() + "=" + part.scope().value()).isEqualTo("model=acme/chat");
    }

    @Test
    void namesTheImageOfJobs() {
        Map<String, Fleet.Job> jobs = new HashMap<>();
        for (int i = 0; i < 24; i++) {
            Map<String, String> labels = Map.of("image", i < 6 ? "train:8" : "train:7");
            jobs.put("train-" + i, new Fleet.Job(null, List.of("gpu-" + i), 8, labels));
        }
        List<Alert> failed = IntStream.range(0, 5)
                .mapToObj(i -> alert("training-stalled", Entity.ofJob("train-" + i)))
                .toList();

        CommonCause.Part part =
                new CommonCause(new Fleet(Map.of(), jobs, Map.of())).of(failed).orElseThrow();

        assertThat(part.scope().level() + "=" + part.scope().value()).isEqualTo("image=train:8");
    }

    @Test
    void namesTheNodeWhoseGpusFailTogether() {
        Map<String, Fleet.Node> nodes = new HashMap<>();
        List<String> gpus = List.of("0000:19:00", "0000:3b:00", "0000:4c:00", "0000:5d:00");
        for (int i = 0; i < 16; i++) {
            nodes.put("gpu-" + i, new Fleet.Node(null, Map.of(), gpus));
        }
        List<Alert> failed = gpus.stream()
                .map(pci -> alert("gpu-xid-critical", onNode(3).with(Entity.Level.GPU, pci)))
                .toList();

        CommonCause.Part part =
                new CommonCause(new Fleet(nodes, Map.of(), Map.of())).of(failed).orElseThrow();

        assertThat(part.sort()).isEqualTo("GPUs");
        assertThat(part.scope().level() + "=" + part.scope().value()).isEqualTo("node=gpu-3");
    }

    @Test
    void knowsNothingOfAnotherCluster() {
        List<Alert> elsewhere = IntStream.range(16, 24)
                .mapToObj(i -> alert("link-flaps", onNode(i).with(Entity.Level.CLUSTER, "west")))
                .toList();

        assertThat(commonCause.of(elsewhere)).isEmpty();
    }

    private Optional<CommonCause.Part> linkDown(int... nodes) {
        return commonCause.of(Arrays.stream(nodes)
                .mapToObj(i -> alert("link-flaps", onNode(i)))
                .toList());
    }

    private static Alert alert(String rule, Entity entity) {
        return new SampleAlerts.Builder(rule, Alert.Role.INITIATING)
                .about(entity, Entity.UNKNOWN)
                .line(0, EventKind.LINK_DOWN, entity, "it broke")
                .build();
    }
}
