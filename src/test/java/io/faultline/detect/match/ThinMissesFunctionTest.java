package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.story.Story;
import io.faultline.model.Entity;
import io.faultline.model.NearMiss;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ThinMissesFunctionTest {

    @Test
    void keepsTenOfEachRuleAndHour() throws Exception {
        try (var harness = harness(null)) {
            for (int second = 0; second < 25; second++) {
                send(harness, "stall", second);
            }
            send(harness, "spike", 30);
            send(harness, "stall", 3_600);

            harness.processWatermark(at(3_599).toEpochMilli());
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processWatermark(at(3_600).toEpochMilli() - 1);

            assertThat(harness.extractOutputValues())
                    .filteredOn(miss -> miss.rule().equals("stall"))
                    .hasSize(10)
                    .allSatisfy(miss -> assertThat(miss.among()).isEqualTo(25));
            assertThat(harness.extractOutputValues())
                    .filteredOn(miss -> miss.rule().equals("spike"))
                    .singleElement()
                    .satisfies(miss -> assertThat(miss.among()).isEqualTo(1));
            assertThat(harness.numKeyedStateEntries()).isOne();
        }
    }

    @Test
    void tellsWhatIsThereWhenTheInputEnds() throws Exception {
        try (var harness = harness(null)) {
            send(harness, "stall", 10);
            send(harness, "stall", 7_200);

            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.extractOutputValues())
                    .extracting(NearMiss::endedAt)
                    .containsExactly(at(10), at(7_200));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void goesOnFromASnapshot() throws Exception {
        OperatorSubtaskState snapshot;
        try (var harness = harness(null)) {
            send(harness, "stall", 10);
            snapshot = harness.snapshot(1, 1);
        }
        try (var harness = harness(snapshot)) {
            send(harness, "stall", 20);

            harness.processWatermark(Long.MAX_VALUE);

            assertThat(harness.extractOutputValues()).hasSize(2).allSatisfy(miss -> assertThat(miss.among())
                    .isEqualTo(2));
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, NearMiss, NearMiss> harness(
            OperatorSubtaskState snapshot) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ThinMissesFunction()), NearMiss::rule, Types.STRING);
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        harness.setup();
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }

    private static void send(
            KeyedOneInputStreamOperatorTestHarness<String, NearMiss, NearMiss> harness, String rule, int second)
            throws Exception {
        Instant at = at(second);
        Entity job = Entity.ofJob("train-llm");
        harness.processElement(
                new NearMiss(rule, 1, "A rule", job, at, at, "nearly", List.of(), NearMiss.NOT_SAMPLED),
                at.toEpochMilli());
    }

    private static Instant at(int second) {
        return Story.START.plusSeconds(second);
    }
}
