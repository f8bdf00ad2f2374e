package io.faultline.explain.correlate;

import static io.faultline.explain.SampleAlerts.GPU_9B;
import static io.faultline.explain.SampleAlerts.TRAIN_LLM;
import static io.faultline.explain.SampleAlerts.at;
import static io.faultline.explain.SampleAlerts.trainingStalled;
import static io.faultline.explain.SampleFleet.onNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.explain.SampleAlerts;
import io.faultline.explain.SampleFleet;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Fleet;
import io.faultline.model.Incident.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an inventory adds to the {@link Correlator}. */
class CommonStoriesTest {

    private static final Fleet SMALL_JOBS = SampleFleet.ofSmallJobs();

    @Test
    void aJobOf512RanksThatDiesOfOneGpuIsOneStoryOf512Alerts() {
        List<Alert> alerts = new ArrayList<>();
        Entity gpu = onNode(7).with(Entity.Level.GPU, GPU_9B.gpu());
        alerts.add(new SampleAlerts.Builder("gpu-xid-critical", Alert.Role.INITIATING)
                .about(gpu, gpu)
                .line(0, EventKind.GPU_XID, gpu, "NVRM: Xid (PCI:0000:9b:00): 79, GPU has fallen off the bus.")
                .build());
        for (int rank = 0; rank < 512; rank++) {
            if (rank != 60) {
                Entity told = TRAIN_LLM.with(Entity.Level.RANK, String.valueOf(rank));
                alerts.add(new SampleAlerts.Builder("rank-timed-out", Alert.Role.SYMPTOM)
                        .about(told, told)
                        .line(600, EventKind.COLLECTIVE_TIMEOUT, told, "[Rank " + rank + "] Watchdog caught collective")
                        .build());
            }
        }

        List<Story> told = run(SampleFleet.large(), alerts);

        assertThat(told.stream().map(Story::mergedInto).filter(String::isEmpty)).hasSize(told.size());
        assertThat(told.stream().map(Story::id).distinct()).hasSize(1);
        assertThat(told.get(told.size() - 1).count()).isEqualTo(512);
    }

    @Test
    void jobsThatASwitchTakesDownAreOneStoryThatIsToldOnce() {
        List<Alert> alerts =
                IntStream.range(16, 24).mapToObj(i -> linkDown(i % 5, i)).toList();

        List<Story> told = run(SMALL_JOBS, alerts);

        assertThat(told)
                .extracting(Story::revision, Story::state, Story::count)
                .containsExactly(tuple(1, State.OPEN, 8), tuple(2, State.RESOLVED, 8));
    }

    @Test
    void aNodeOfTheSwitchThatIsLateJoinsTheStoryThatWasTold() {
        List<Alert> alerts = new ArrayList<>(
                IntStream.range(16, 22).mapToObj(i -> linkDown(0, i)).toList());
        alerts.add(linkDown(200, 23));

        List<Story> told = run(SMALL_JOBS, alerts);

        assertThat(told.stream().map(Story::id).distinct()).hasSize(1);
        assertThat(told.get(told.size() - 1).count()).isEqualTo(7);
    }

    @Test
    void twoFaultsAtTheSameMinuteInOneRackStayTwo() {
        Alert memory = new SampleAlerts.Builder("host-memory-error", Alert.Role.INITIATING)
                .about(onNode(18), onNode(18))
                .line(5, EventKind.NODE_CONDITION, onNode(18), "EDAC MC1: 1 UE memory read error")
                .build();

        assertThat(ids(run(SMALL_JOBS, List.of(linkDown(0, 16), memory)))).hasSize(2);
        assertThat(ids(run(SMALL_JOBS, List.of(linkDown(0, 16), linkDown(5, 18)))))
                .hasSize(2);
        // one job has both nodes, and feels neither of them
        assertThat(ids(run(SampleFleet.large(), List.of(linkDown(0, 16), linkDown(5, 18)))))
                .hasSize(2);
    }

    @Test
    void aHostWithoutMemoryIsNoStoryWithAnotherNodeOfTheJobThatRunsThere() {
        Alert killed = new SampleAlerts.Builder("host-out-of-memory", Alert.Role.INITIATING)
                .about(onNode(18), onNode(18).or(TRAIN_LLM))
                .line(5, EventKind.MEMORY_EXHAUSTED, onNode(18).or(TRAIN_LLM), "Out of memory: Killed process 4711")
                .build();

        assertThat(ids(run(SampleFleet.large(), List.of(linkDown(0, 40), killed))))
                .hasSize(2);
    }

    @Test
    void aJobThatOnlySuffersBelongsToTheNodeItRunsOn() {
        List<Story> told = run(SMALL_JOBS, List.of(linkDown(30, 16), trainingStalled(0, "train-8")));

        assertThat(ids(told)).hasSize(1);
    }

    @Test
    void aJobThatSuffersElsewhereDoesNot() {
        List<Story> told = run(SMALL_JOBS, List.of(linkDown(30, 16), trainingStalled(0, "train-9")));

        assertThat(ids(told)).hasSize(2);
    }

    @Test
    void twoJobsThatTellSomethingOnOneNodeAreTwo() {
        Entity node = onNode(4);
        Alert nan = new SampleAlerts.Builder("loss-nan", Alert.Role.INITIATING)
                .about(Entity.ofJob("train-asr"), Entity.ofJob("train-asr"))
                .line(0, EventKind.TRAINING_STEP, Entity.ofJob("train-asr").or(node), "lm loss: NAN")
                .build();
        Alert full = new SampleAlerts.Builder("checkpoint-failed", Alert.Role.INITIATING)
                .about(Entity.ofJob("train-vlm"), Entity.ofJob("train-vlm"))
                .line(9, EventKind.CHECKPOINT_FAILURE, Entity.ofJob("train-vlm").or(node), "No space left on device")
                .build();

        assertThat(ids(run(Fleet.EMPTY, List.of(nan, full)))).hasSize(2);
    }

    @Test
    void whatIsUntoldWhenTheInputEndsIsJoinedToo() {
        OpenStories open = new OpenStories("", List.of(), List.of());
        Correlator correlator = new Correlator(CorrelateSettings.defaults(), new CommonCause(SMALL_JOBS), open);

        List<Story> told = correlator.end(
                IntStream.range(16, 24).mapToObj(i -> linkDown(0, i)).toList(), List.of());

        assertThat(told).extracting(Story::revision, Story::count).containsExactly(tuple(1, 8));
    }

    private static List<Story> run(Fleet fleet, List<Alert> alerts) {
        OpenStories open = new OpenStories("", List.of(), List.of());
        return new Correlator(CorrelateSettings.defaults(), new CommonCause(fleet), open)
                .advance(alerts, List.of(), at(3000));
    }

    private static List<String> ids(List<Story> told) {
        return told.stream().map(Story::id).distinct().toList();
    }

    private static Alert linkDown(long second, int node) {
        return new SampleAlerts.Builder("link-flaps", Alert.Role.INITIATING)
                .about(onNode(node), onNode(node))
                .line(second, EventKind.LINK_DOWN, onNode(node), "mlx5_core 0000:1a:00.0 ibp26s0: Link down")
                .build();
    }
}
