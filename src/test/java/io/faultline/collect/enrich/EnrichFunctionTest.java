package io.faultline.collect.enrich;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.Entity.Level;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.Rejected;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class EnrichFunctionTest {

    private static final Entity RANK = Entity.ofJob("train-llm").with(Level.RANK, "3");

    @Test
    void remembersWhereARankRunsOverARestart() throws Exception {
        OperatorSubtaskState kept;
        try (var harness = harness()) {
            harness.processElement(event("nccl", RANK.with(Level.NODE, "gpu-a2")), 0);
            kept = harness.snapshot(1, 1);
        }
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<String, LogEvent, LogEvent>(
                new KeyedProcessOperator<>(new EnrichFunction(EnrichSettings.defaults())),
                LogEvent::stream,
                Types.STRING)) {
            harness.initializeState(kept);
            harness.open();
            harness.processElement(event("megatron", RANK), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(event -> event.entity().node())
                    .containsExactly("gpu-a2");
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    @Test
    void takesAPieceOfTheInventoryWhileItRuns() throws Exception {
        try (KeyedBroadcastOperatorTestHarness<String, LogEvent, InventoryPiece, LogEvent> harness =
                ProcessFunctionTestHarnesses.forKeyedBroadcastProcessFunction(
                        new EnrichLiveFunction(EnrichSettings.defaults()),
                        LogEvent::stream,
                        Types.STRING,
                        EnrichLiveFunction.PIECES)) {
            harness.processElement(event("megatron", RANK), 0);
            harness.processBroadcastElement(
                    new InventoryPiece("job", "jobs: {train-llm: {nodes: [gpu-a1, gpu-a2], ranks-per-node: 2}}"), 0);
            harness.setProcessingTime(2_000);
            harness.processElement(event("megatron", RANK), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(event -> event.entity().node())
                    .containsExactly(null, "gpu-a2");
        }
    }

    @Test
    void refusesAWrongPieceWithAllItsProblems() throws Exception {
        try (KeyedBroadcastOperatorTestHarness<String, LogEvent, InventoryPiece, LogEvent> harness =
                ProcessFunctionTestHarnesses.forKeyedBroadcastProcessFunction(
                        new EnrichLiveFunction(EnrichSettings.defaults()),
                        LogEvent::stream,
                        Types.STRING,
                        EnrichLiveFunction.PIECES)) {
            harness.processBroadcastElement(new InventoryPiece("n", "racks: {}\nnodes: {gpu-a1: 7}"), 0);

            List<Rejected> rejected = harness.getSideOutput(EnrichLiveFunction.REJECTED).stream()
                    .map(StreamRecord::getValue)
                    .toList();
            assertThat(rejected).hasSize(1);
            assertThat(rejected.get(0).detail()).contains("racks: unknown", "nodes.gpu-a1: \"7\" is not a group");
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, LogEvent, LogEvent> harness() throws Exception {
        return ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                new EnrichFunction(EnrichSettings.defaults()), LogEvent::stream, Types.STRING);
    }

    private static LogEvent event(String format, Entity entity) {
        return new LogEvent(
                Instant.EPOCH,
                Instant.EPOCH,
                9,
                "",
                "text",
                format,
                EventKind.LOG_OTHER,
                entity,
                Measures.NONE,
                Attributes.NONE,
                "",
                0,
                Origin.file("train-llm.log", 1));
    }
}
