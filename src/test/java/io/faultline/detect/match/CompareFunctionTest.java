package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Alert;
import io.faultline.model.Alert.Standing;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.Level;
import io.faultline.model.Ranks;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class CompareFunctionTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void saysBothWhereBothVersionsFoundItAndWhichWhereOnlyOneDid() throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new CompareFunction()),
                CompareFunction::key,
                TypeInformation.of(CompareFunction.Compared.class))) {
            harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
            harness.open();
            send(harness, alert("train-llm", 0, Standing.ONLY_V1));
            send(harness, alert("train-llm", 30, Standing.ONLY_V2));
            send(harness, alert("train-b", 0, Standing.ONLY_V1));
            send(harness, alert("train-c", 0, Standing.ONLY_V2));
            assertThat(harness.extractOutputValues())
                    .extracting(Alert::standing)
                    .containsExactly(Standing.BOTH);

            harness.processWatermark(TEN.plusSeconds(599).toEpochMilli());
            assertThat(harness.extractOutputValues()).hasSize(1);
            harness.processWatermark(TEN.plusSeconds(600).toEpochMilli());

            assertThat(harness.extractOutputValues())
                    .extracting(alert -> alert.entity().job() + " " + alert.standing())
                    .containsExactlyInAnyOrder("train-llm BOTH", "train-b ONLY_V1", "train-c ONLY_V2");
            assertThat(harness.extractOutputValues())
                    .extracting(Alert::fingerprint)
                    .doesNotContain("train-b 0")
                    .doesNotHaveDuplicates();
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    private static void send(
            KeyedOneInputStreamOperatorTestHarness<CompareFunction.Compared, Alert, Alert> harness, Alert alert)
            throws Exception {
        harness.processElement(alert, alert.detectedAt().toEpochMilli());
    }

    private static Alert alert(String job, int second, Standing standing) {
        Instant at = TEN.plusSeconds(second);
        return new Alert(
                job + " " + second,
                Alert.Kind.RULE_MATCH,
                "loss-nan",
                standing == Standing.ONLY_V1 ? 1 : 2,
                "Loss is no number",
                Level.HIGH,
                CauseCategory.MODEL,
                Alert.Role.SYMPTOM,
                at,
                at,
                Entity.ofJob(job),
                Entity.ofJob(job),
                1,
                "",
                "",
                List.of(),
                Ranks.NONE,
                standing);
    }
}
