package io.faultline.collect.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.ClusterSize;
import io.faultline.model.FleetEntry;
import io.faultline.settings.YamlFile;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class FleetFunctionTest {

    private static final String FILE =
            """
            cluster: lab
            nodes:
              gpu-a1: {rack: r1}
              gpu-a2: {rack: r1}
            """;

    @Test
    void tellsOnlyWhatIsOtherThanInTheFile() throws Exception {
        try (var harness = opened()) {
            harness.processElement(piece("a1", "nodes: {gpu-a1: {rack: r1}}"), 0);
            harness.processElement(piece("a2", "nodes: {gpu-a2: {rack: r2}}"), 0);
            harness.processElement(piece("b1", "nodes: {gpu-b1: {rack: r2}}"), 0);
            harness.setProcessingTime(1_000);

            assertThat(harness.extractOutputValues())
                    .extracting(FleetEntry::key)
                    .containsExactly("NODE gpu-a2", "NODE gpu-b1");
            assertThat(harness.extractOutputValues()).allSatisfy(entry -> {
                assertThat(Objects.requireNonNull(entry.node()).labels()).containsEntry("rack", "r2");
                assertThat(entry.node().cluster()).isEqualTo("lab");
            });
            assertThat(sizes(harness)).containsExactly(new ClusterSize("lab", 3));
        }
    }

    @Test
    void joinsManyPiecesOnceASecondAndTellsNothingTwice() throws Exception {
        try (var harness = opened()) {
            for (int node = 0; node < 100; node++) {
                harness.processElement(piece("b" + node, "nodes: {gpu-b" + node + ": {rack: r2}}"), 0);
            }
            assertThat(harness.extractOutputValues()).isEmpty();

            harness.setProcessingTime(1_000);
            harness.processElement(piece("b7", "nodes: {gpu-b7: {rack: r3}}"), 0);
            harness.setProcessingTime(2_000);

            assertThat(harness.extractOutputValues()).hasSize(101);
            assertThat(harness.extractOutputValues().get(100).key()).isEqualTo("NODE gpu-b7");
            assertThat(sizes(harness)).containsExactly(new ClusterSize("lab", 102));
        }
    }

    @Test
    void aNewDefaultClusterIsToldOfEveryNodeThatNamesNone() throws Exception {
        try (var harness = opened()) {
            harness.processElement(piece("all", "cluster: attic"), 0);
            harness.setProcessingTime(1_000);

            assertThat(harness.extractOutputValues())
                    .extracting(entry -> entry.name() + " "
                            + Objects.requireNonNull(entry.node()).cluster())
                    .containsExactly("gpu-a1 attic", "gpu-a2 attic");
            assertThat(sizes(harness))
                    .containsExactlyInAnyOrder(new ClusterSize("attic", 2), new ClusterSize("lab", 0));
        }
    }

    @Test
    void withdrawsAfterARestartWhatItToldBeforeAndLeavesNoState() throws Exception {
        OperatorSubtaskState kept;
        try (var harness = opened()) {
            harness.processElement(piece("b1", "nodes: {gpu-b1: {}}\njobs: {train-llm: {nodes: [gpu-b1]}}"), 0);
            harness.setProcessingTime(1_000);
            kept = harness.snapshot(1, 1);
        }

        try (var harness = harness()) {
            harness.initializeState(kept);
            harness.open();
            harness.processElement(piece("b1", ""), 0);
            harness.setProcessingTime(2_000);

            assertThat(harness.extractOutputValues())
                    .allMatch(FleetEntry::isWithdrawn)
                    .extracting(FleetEntry::key)
                    .containsExactlyInAnyOrder("NODE gpu-b1", "JOB train-llm");
            assertThat(sizes(harness)).containsExactly(new ClusterSize("lab", 2));
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void tellsWhatIsLeftWhenThePiecesEndAndPassesAWrongOneOver() throws Exception {
        try (var harness = opened()) {
            harness.processElement(piece("b1", "nodes: {gpu-b1: 7}"), 0);
            harness.processElement(piece("b2", "nodes: {gpu-b2: {}}"), 0);

            harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(harness.extractOutputValues())
                    .extracting(FleetEntry::name)
                    .containsExactly("gpu-b2");
        }
    }

    private static InventoryPiece piece(String key, String document) {
        return new InventoryPiece(key, document);
    }

    private static List<ClusterSize> sizes(
            KeyedOneInputStreamOperatorTestHarness<String, InventoryPiece, FleetEntry> harness) {
        Queue<StreamRecord<ClusterSize>> told = harness.getSideOutput(FleetFunction.SIZES);
        return told == null
                ? List.of()
                : told.stream().map(StreamRecord::getValue).toList();
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, InventoryPiece, FleetEntry> opened()
            throws Exception {
        var harness = harness();
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, InventoryPiece, FleetEntry> harness()
            throws Exception {
        EnrichSettings settings =
                new EnrichSettings(Inventory.of("file", YamlFile.parse("file", FILE)), FILE, "inventory");
        var harness = new KeyedOneInputStreamOperatorTestHarness<String, InventoryPiece, FleetEntry>(
                new KeyedProcessOperator<>(new FleetFunction(settings)), FleetFunction::key, Types.STRING);
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        return harness;
    }
}
