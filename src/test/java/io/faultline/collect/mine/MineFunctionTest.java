package io.faultline.collect.mine;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class MineFunctionTest {

    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void putsTheTemplateBeforeItsFirstEventOnly() throws Exception {
        try (var harness = harness(MineSettings.defaults())) {
            harness.open();
            harness.processElement(saying("disk sdb has 7 bad sectors"), 0);
            harness.processElement(saying("disk sdb has 9 bad sectors"), 0);

            List<LogEvent> out = harness.extractOutputValues();
            assertThat(out)
                    .extracting(LogEvent::kind)
                    .containsExactly(EventKind.LOG_TEMPLATE, EventKind.LOG_OTHER, EventKind.LOG_OTHER);
            LogEvent told = out.get(0);
            assertThat(told.template())
                    .isEqualTo(out.get(1).template())
                    .isEqualTo(out.get(2).template());
            assertThat(told.timestamp()).isEqualTo(TIME);
            assertThat(told.entity()).isEqualTo(out.get(1).entity());
            assertThat(told.attributes().toMap())
                    .containsEntry("template", told.template())
                    .containsEntry("template_text", "disk sdb has <*> bad sectors")
                    .containsEntry("template_types", "disk sdb has <number> bad sectors")
                    .containsEntry("template_state", "new")
                    .doesNotContainKey("successor");
        }
    }

    @Test
    void givesTheEventItsTypedValuesAndLeavesTheRestAlone() throws Exception {
        try (var harness = harness(MineSettings.defaults())) {
            harness.open();
            harness.processElement(saying("peer 10.1.2.3 sent 7 frames"), 0);

            LogEvent event = harness.extractOutputValues().get(1);
            assertThat(event.attributes().toMap())
                    .containsEntry("caller", "main")
                    .containsEntry("value_1", "10.1.2.3")
                    .containsEntry("value_2", "7")
                    .containsEntry("value_types", "ip number");
            assertThat(event.withTemplate("", Attributes.of("caller", "main")))
                    .isEqualTo(saying("peer 10.1.2.3 sent 7 frames"));
        }
    }

    @Test
    void tellsWhichTemplateWentIntoWhich() throws Exception {
        try (var harness = harness(MineSettings.defaults())) {
            harness.open();
            harness.processElement(saying("owner=red holds lock"), 0);
            harness.processElement(saying("owner=blue holds lock"), 0);

            List<LogEvent> out = harness.extractOutputValues();
            assertThat(out).hasSize(5);
            assertThat(out.get(2).attributes().get("template_state")).isEqualTo("new");
            assertThat(out.get(3).attributes().get("template_state")).isEqualTo("merged");
            assertThat(out.get(3).template()).isEqualTo(out.get(0).template());
            assertThat(out.get(3).attributes().get("successor"))
                    .isEqualTo(out.get(2).template())
                    .isEqualTo(out.get(4).template());
        }
    }

    @Test
    void knowsItsTemplatesAfterARestore() throws Exception {
        OperatorSubtaskState snapshot;
        String before;
        try (var harness = harness(MineSettings.defaults())) {
            harness.open();
            harness.processElement(saying("owner=red holds lock"), 0);
            harness.processElement(saying("owner=blue holds lock"), 0);
            before = harness.extractOutputValues().get(4).template();
            snapshot = harness.snapshot(1, 1);
        }

        try (var harness = harness(MineSettings.defaults())) {
            harness.initializeState(snapshot);
            harness.open();
            harness.processElement(saying("owner=green holds lock"), 0);

            assertThat(harness.extractOutputValues()).singleElement().satisfies(event -> {
                assertThat(event.kind()).isEqualTo(EventKind.LOG_OTHER);
                assertThat(event.template()).isEqualTo(before);
            });
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    @Test
    void forgetsATemplateThatNoLineHadForSevenDays() throws Exception {
        try (var harness = harness(MineSettings.defaults())) {
            harness.open();
            harness.setProcessingTime(0);
            harness.processElement(saying("disk sdb has 7 bad sectors"), 0);
            harness.setProcessingTime(Duration.ofDays(6).toMillis());
            harness.processElement(saying("disk sdb has 8 bad sectors"), 0);
            harness.setProcessingTime(Duration.ofDays(12).toMillis());
            harness.processElement(saying("disk sdb has 9 bad sectors"), 0);

            assertThat(harness.extractOutputValues())
                    .filteredOn(event -> event.kind() == EventKind.LOG_TEMPLATE)
                    .hasSize(1);

            harness.setProcessingTime(Duration.ofDays(20).toMillis());
            harness.processElement(saying("disk sdb has 10 bad sectors"), 0);

            assertThat(harness.extractOutputValues())
                    .filteredOn(event -> event.kind() == EventKind.LOG_TEMPLATE)
                    .hasSize(2);
        }
    }

    @Test
    void boundsTheTemplatesOfAKey() throws Exception {
        MineSettings few = new MineSettings(6, 10, 4, 3, 10, 4_096);
        try (var harness = harness(few)) {
            harness.open();
            StringBuilder line = new StringBuilder("stage");
            for (int i = 0; i < 100; i++) {
                line.append(i % 2 == 0 ? " left" : " right");
                harness.processElement(saying(line.toString()), 0);
            }

            // One map, for one key; its entries are counted by what a restored function still knows.
            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
            assertThat(savedTemplates(harness)).isEqualTo(10);
        }
    }

    @Test
    void givesEveryLineOfATemplateTheSameKey() {
        for (String name : SampleSystems.NAMES) {
            LabelledLines system = SampleSystems.of(name, 4);
            Map<String, Set<String>> keys = new HashMap<>();
            for (int i = 0; i < system.lines().size(); i++) {
                keys.computeIfAbsent(system.truth().get(i), truth -> new HashSet<>())
                        .add(MineFunction.key(saying(system.lines().get(i))));
            }

            assertThat(keys).allSatisfy((truth, ofTruth) -> assertThat(ofTruth).hasSize(1));
        }
    }

    @Test
    void findsWhatTheMinerWithoutFlinkFinds() throws Exception {
        List<String> lines = SampleSystems.of("scheduler", 4).lines();
        TemplateMiner miner = new TemplateMiner(MineSettings.defaults());

        try (var harness = harness(MineSettings.defaults())) {
            harness.open();
            for (String line : lines) {
                harness.processElement(saying(line), 0);
            }

            assertThat(harness.extractOutputValues())
                    .filteredOn(event -> event.kind() == EventKind.LOG_OTHER)
                    .extracting(LogEvent::template)
                    .isEqualTo(lines.stream()
                            .map(line -> miner.add(line).template().id())
                            .toList());
        }
    }

    @Test
    void minesWhatNoParserKnowsAlone() {
        assertThat(MineFunction.isMined(event("unknown", EventKind.LOG_OTHER, "a")))
                .isTrue();
        assertThat(MineFunction.isMined(event("syslog", EventKind.LOG_OTHER, "a")))
                .isTrue();
        LogEvent driver =
                event("kernel", EventKind.LOG_OTHER, "NVRM: loading NVIDIA UNIX x86_64 Kernel Module  570.86.15");
        assertThat(MineFunction.isMined(driver.withAttributes(Attributes.of("driver_version", "570.86.15"))))
                .isFalse();
        assertThat(MineFunction.isMined(event("vllm", EventKind.INFERENCE_STATS, "a")))
                .isFalse();
        assertThat(MineFunction.isMined(event("syslog", EventKind.PROCESS_EXIT, "a")))
                .isFalse();
        assertThat(MineFunction.isMined(event("unknown", EventKind.LOG_TEMPLATE, "a")))
                .isFalse();
    }

    /** How many of the hundred lines are still known after a restore. */
    private static int savedTemplates(KeyedOneInputStreamOperatorTestHarness<String, LogEvent, LogEvent> from)
            throws Exception {
        OperatorSubtaskState snapshot = from.snapshot(1, 1);
        try (var harness = harness(MineSettings.defaults())) {
            harness.initializeState(snapshot);
            harness.open();
            StringBuilder line = new StringBuilder("stage");
            for (int i = 0; i < 100; i++) {
                line.append(i % 2 == 0 ? " left" : " right");
                harness.processElement(saying(line.toString()), 0);
            }
            long unknown = harness.extractOutputValues().stream()
                    .filter(event -> event.kind() == EventKind.LOG_TEMPLATE)
                    .count();
            return 100 - (int) unknown;
        }
    }

    private static LogEvent saying(String message) {
        return event("unknown", EventKind.LOG_OTHER, message);
    }

    private static LogEvent event(String format, EventKind kind, String message) {
        return new LogEvent(
                TIME,
                TIME.plusSeconds(1),
                9,
                "",
                message,
                format,
                kind,
                Entity.ofNode("gpu-a1"),
                Measures.NONE,
                Attributes.of("caller", "main"),
                "",
                0,
                Origin.file("a.log", 1));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, LogEvent, LogEvent> harness(MineSettings settings)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new MineFunction(settings)), MineFunction::key, Types.STRING);
    }
}
