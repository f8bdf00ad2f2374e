package io.faultline.explain.correlate;

import static io.faultline.explain.SampleAlerts.TRAIN_LLM;
import static io.faultline.explain.SampleAlerts.anomaly;
import static io.faultline.explain.SampleAlerts.at;
import static io.faultline.explain.SampleAlerts.ending;
import static io.faultline.explain.SampleAlerts.inferenceStalled;
import static io.faultline.explain.SampleAlerts.lossNan;
import static io.faultline.explain.SampleAlerts.processExit;
import static io.faultline.explain.SampleAlerts.trainingStalled;
import static io.faultline.explain.SampleAlerts.xid79;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.faultline.explain.SampleAlerts;
import io.faultline.explain.SampleFleet;
import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Fleet;
import io.faultline.model.FleetEntry;
import io.faultline.model.Incident.State;
import io.faultline.model.LiveFleet;
import io.faultline.model.Ranks;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CorrelateFunctionTest {

    private KeyedBroadcastOperatorTestHarness<String, Finding, FleetEntry, Story> harness;

    @BeforeEach
    void open() throws Exception {
        harness = harness();
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void tellsAnOpenStoryAndLaterItsEnd() throws Exception {
        send(processExit(30));
        send(lossNan(0));

        watermark(60);
        watermark(1000);

        assertThat(harness.extractOutputValues())
                .extracting(Story::revision, Story::state, Story::count)
                .containsExactly(tuple(1, State.OPEN, 2), tuple(2, State.RESOLVED, 2));
    }

    @Test
    void keepsClustersApart() throws Exception {
        harness.processElement(Finding.of(in("east", xid79(0))), 0);
        harness.processElement(Finding.of(in("west", xid79(0))), 0);

        harness.watermark(Long.MAX_VALUE);

        assertThat(harness.extractOutputValues())
                .extracting(Story::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void goesOnWhereTheCheckpointWas() throws Exception {
        send(anomaly(0, TRAIN_LLM));
        send(lossNan(10));
        watermark(100);
        send(processExit(110));
        OperatorSubtaskState checkpoint = harness.snapshot(1, 1);

        try (var restored = harness()) {
            restored.initializeState(checkpoint);
            restored.open();
            restored.watermark(at(200).toEpochMilli());

            assertThat(restored.extractOutputValues())
                    .extracting(Story::revision, Story::state, Story::count)
                    .containsExactly(tuple(2, State.OPEN, 3));
        }
    }

    @Test
    void whatIsOpenWhenTheInputEndsStaysOpenAndLeavesNoState() throws Exception {
        send(lossNan(0));
        send(anomaly(3000, TRAIN_LLM));
        send(inferenceStalled(3600, "chat-0"));
        watermark(3660);
        assertThat(entries(harness)).isPositive();

        harness.watermark(Long.MAX_VALUE);

        assertThat(harness.extractOutputValues())
                .extracting(Story::revision, Story::state, Story::startedAt)
                .containsExactly(
                        tuple(1, State.OPEN, at(0)), tuple(2, State.RESOLVED, at(0)), tuple(1, State.OPEN, at(3600)));
        assertThat(entries(harness)).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void keepsNothingAnHourAfterTheLastStory() throws Exception {
        send(lossNan(0));
        send(anomaly(5, TRAIN_LLM));
        send(anomaly(7, TRAIN_LLM));
        watermark(60);
        int meanwhile = entries(harness);

        watermark(4200);

        assertThat(meanwhile).isPositive();
        assertThat(entries(harness)).isZero();
        assertThat(harness.numEventTimeTimers()).isZero();
    }

    @Test
    void takesAnAlertThatComesLate() throws Exception {
        watermark(300);
        send(lossNan(0));

        watermark(301);

        assertThat(harness.extractOutputValues()).extracting(Story::revision).containsExactly(1);
    }

    @Test
    void resolvesAStoryWhenTheEndOfItsAlertsComesAlsoWhereItComesFirst() throws Exception {
        harness.processElement(Finding.of(ending(trainingStalled(0, "train-llm"), 300)), 0);
        send(trainingStalled(0, "train-llm"));
        OperatorSubtaskState checkpoint = harness.snapshot(1, 1);

        try (var restored = harness()) {
            restored.initializeState(checkpoint);
            restored.open();
            restored.watermark(at(300).toEpochMilli());

            assertThat(restored.extractOutputValues())
                    .extracting(Story::revision, Story::state)
                    .containsExactly(tuple(1, State.OPEN), tuple(2, State.RESOLVED));
            restored.watermark(at(4000).toEpochMilli());
            assertThat(entries(restored)).isZero();
        }
    }

    @Test
    void joinsWhatASwitchExplainsAcrossACheckpointAndKeepsOneStory() throws Exception {
        try (var before = harness(SampleFleet.ofSmallJobs())) {
            before.open();
            for (int node = 16; node < 21; node++) {
                before.processElement(Finding.of(linkDown(node)), 0);
            }
            before.watermark(at(59).toEpochMilli());
            assertThat(before.extractOutputValues()).isEmpty();
            OperatorSubtaskState checkpoint = before.snapshot(1, 1);

            try (var restored = harness(SampleFleet.ofSmallJobs())) {
                restored.initializeState(checkpoint);
                restored.open();
                restored.watermark(at(60).toEpochMilli());

                assertThat(restored.extractOutputValues())
                        .extracting(Story::revision, Story::state, Story::count)
                        .containsExactly(tuple(1, State.OPEN, 5));
                restored.watermark(at(10_000).toEpochMilli());
                assertThat(entries(restored)).isZero();
                assertThat(restored.numEventTimeTimers()).isZero();
            }
        }
    }

    @Test
    void joinsWhatASwitchExplainsThatTheInventoryToldOfWhileItRan() throws Exception {
        for (FleetEntry entry : SampleFleet.ofSmallJobs().beyond(Fleet.EMPTY)) {
            harness.processBroadcastElement(entry, 0);
        }
        OperatorSubtaskState checkpoint = harness.snapshot(1, 1);

        try (var restored = harness()) {
            restored.initializeState(checkpoint);
            restored.open();
            switchFails(restored);

            assertThat(restored.extractOutputValues())
                    .extracting(Story::revision, Story::state, Story::count)
                    .containsExactly(tuple(1, State.OPEN, 5));
        }
    }

    @Test
    void joinsNothingByWhatTheInventoryNoLongerSays() throws Exception {
        for (FleetEntry entry : SampleFleet.ofSmallJobs().beyond(Fleet.EMPTY)) {
            harness.processBroadcastElement(entry, 0);
            harness.processBroadcastElement(entry.withdrawn(), 0);
        }

        switchFails(harness);

        assertThat(harness.extractOutputValues()).hasSize(5);
        assertThat(harness.getBroadcastState(LiveFleet.ENTRIES).entries()).isEmpty();
    }

    private static void switchFails(KeyedBroadcastOperatorTestHarness<String, Finding, FleetEntry, Story> harness)
            throws Exception {
        for (int node = 16; node < 21; node++) {
            harness.processElement(Finding.of(linkDown(node)), 0);
        }
        harness.watermark(at(60).toEpochMilli());
    }

    @Test
    void storiesTravelWithoutKryo() {
        for (Class<?> record : new Class<?>[] {Story.class, OpenStory.class}) {
            TypeInformation<?> type = TypeInformation.of(record);

            assertThat(type).isInstanceOf(PojoTypeInfo.class);
            assertThat(type.toString()).doesNotContain("GenericType");
        }
    }

    private void send(Alert alert) throws Exception {
        harness.processElement(Finding.of(alert), alert.detectedAt().toEpochMilli());
    }

    private void watermark(long second) throws Exception {
        harness.watermark(at(second).toEpochMilli());
    }

    private static Alert in(String cluster, Alert alert) {
        return new Alert(
                alert.fingerprint(),
                alert.kind(),
                alert.rule(),
                alert.ruleVersion(),
                alert.title(),
                alert.level(),
                alert.category(),
                alert.role(),
                alert.startsAt(),
                alert.detectedAt(),
                alert.entity().with(io.faultline.model.Entity.Level.CLUSTER, cluster),
                alert.causeEntity(),
                alert.score(),
                alert.reason(),
                alert.response(),
                alert.evidence(),
                Ranks.NONE,
                Alert.Standing.TOLD);
    }

    private static Alert linkDown(int node) {
        Entity entity = SampleFleet.onNode(node);
        return new SampleAlerts.Builder("link-flaps", Alert.Role.INITIATING)
                .about(entity, entity)
                .line(0, EventKind.LINK_DOWN, entity, "mlx5_core 0000:1a:00.0 ibp26s0: Link down")
                .build();
    }

    private static int entries(KeyedBroadcastOperatorTestHarness<String, Finding, FleetEntry, Story> harness) {
        var operator = (AbstractStreamOperator<?>) harness.getOperator();
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    private static KeyedBroadcastOperatorTestHarness<String, Finding, FleetEntry, Story> harness() throws Exception {
        return harness(Fleet.EMPTY);
    }

    private static KeyedBroadcastOperatorTestHarness<String, Finding, FleetEntry, Story> harness(Fleet fleet)
            throws Exception {
        var harness = new KeyedBroadcastOperatorTestHarness<String, Finding, FleetEntry, Story>(
                new CoBroadcastWithKeyedOperator<>(
                        new CorrelateFunction(CorrelateSettings.defaults(), fleet), List.of(LiveFleet.ENTRIES)),
                Finding::cluster,
                Types.STRING,
                1,
                1,
                0);
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        return harness;
    }
}
