package io.faultline.respond.notify.group;

import static io.faultline.model.Incident.State.OPEN;
import static io.faultline.model.Incident.State.RESOLVED;
import static io.faultline.model.Level.HIGH;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.respond.control.Command;
import io.faultline.respond.control.CommandReader;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.route.Route;
import io.faultline.respond.notify.route.RouteSettings;
import io.faultline.respond.notify.route.Routed;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class GroupFunctionTest {

    private static final int MAX_PARALLELISM = 16;
    private static final long START = GroupBench.START.toEpochMilli();

    @Test
    void escalatesByTheClockAfterARestartAtAnotherParallelism() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(true, 1, 0)) {
            before.open();
            before.setProcessingTime(START);
            for (int i = 0; i < 8; i++) {
                before.processElement(routed("n" + i, 1, OPEN), 0);
            }
            before.processBroadcastElement(ack("n3", START + 1000), 0);
            assertThat(reasons(before.extractOutputValues())).hasSize(8).containsOnly("ops OPENED");
            state = before.snapshot(1, 1);
        }

        List<String> told = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var after = harness(true, 2, subtask)) {
                after.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        state, MAX_PARALLELISM, 1, 2, subtask));
                after.open();
                after.setProcessingTime(START + Duration.ofMinutes(16).toMillis());
                after.extractOutputValues()
                        .forEach(notice -> told.add(notice.receiver() + " " + notice.reason() + " "
                                + notice.incident().id()));
            }
        }

        assertThat(told)
                .containsExactlyInAnyOrder(
                        "lead ESCALATED n0",
                        "lead ESCALATED n1",
                        "lead ESCALATED n2",
                        "lead ESCALATED n4",
                        "lead ESCALATED n5",
                        "lead ESCALATED n6",
                        "lead ESCALATED n7");
    }

    @Test
    void recordsWhyItDoesNotTell() throws Exception {
        try (var harness = harness(true, 1, 0)) {
            harness.open();
            harness.setProcessingTime(START);
            harness.processBroadcastElement(
                    CommandReader.read(
                            "silence/s1",
                            """
                            {"id": "s1", "matchers": ["severity=high"], "ends": "2026-03-01T12:00:00Z", "author": "ann",
                             "reason": "moving racks"}""",
                            GroupBench.START),
                    0);
            harness.processElement(routed("a", 1, OPEN), 0);

            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(harness.getSideOutput(GroupFunction.AUDIT))
                    .extracting(record -> record.getValue().action()
                            + " " + record.getValue().object()
                            + " " + record.getValue().reason())
                    .containsExactly("DECIDED incident a silence s1 of ann: moving racks");

            harness.setProcessingTime(Instant.parse("2026-03-01T12:01:00Z").toEpochMilli());
            assertThat(reasons(harness.extractOutputValues())).containsExactly("ops OPENED");
        }
    }

    @Test
    void leavesNothingBehindAWeekAfterTheEnd() throws Exception {
        try (var harness = harness(true, 1, 0)) {
            harness.open();
            harness.setProcessingTime(START);
            harness.processElement(routed("a", 1, OPEN), 0);
            harness.processElement(routed("a", 2, RESOLVED), 0);
            harness.setProcessingTime(START + Duration.ofMinutes(2).toMillis());
            assertThat(reasons(harness.extractOutputValues())).containsExactly("ops OPENED", "ops RESOLVED");

            harness.setProcessingTime(START + Duration.ofDays(8).toMillis());

            assertThat(entries(harness)).as("entries").isZero();
            assertThat(harness.numProcessingTimeTimers()).as("timers").isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void tellsOldLogsByTheirOwnClockAndTheRestAtTheirEnd() throws Exception {
        try (var harness = harness(false, 1, 0)) {
            harness.open();
            harness.processElement(routed("a", 1, OPEN), 0);
            harness.processWatermark(START + Duration.ofMinutes(16).toMillis());
            harness.processBroadcastWatermark(START + Duration.ofMinutes(16).toMillis());
            harness.processElement(routed("b", 1, OPEN), 0);
            harness.processElement(routed("b", 2, RESOLVED), 0);
            harness.processWatermark(Long.MAX_VALUE);
            harness.processBroadcastWatermark(Long.MAX_VALUE);

            assertThat(harness.extractOutputValues())
                    .extracting(notice -> notice.receiver() + " " + notice.reason() + " "
                            + notice.incident().id())
                    .containsExactly("ops OPENED a", "lead ESCALATED a", "ops OPENED b", "ops RESOLVED b");
        }
    }

    @Test
    void recordsTravelWithoutKryo() {
        for (Class<?> record : new Class<?>[] {
            Notice.class, Routed.class, Member.class, GroupState.class, Command.class, AuditEntry.class
        }) {
            TypeInformation<?> type = TypeInformation.of(record);

            assertThat(type).isInstanceOf(PojoTypeInfo.class);
            assertThat(type.toString()).doesNotContain("GenericType");
        }
    }

    private static int entries(KeyedBroadcastOperatorTestHarness<String, Routed, Command, Notice> harness) {
        var operator = (CoBroadcastWithKeyedOperator<?, ?, ?, ?>) harness.getOperator();
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    private static List<String> reasons(List<Notice> notices) {
        return notices.stream()
                .map(notice -> notice.receiver() + " " + notice.reason())
                .toList();
    }

    private static Routed routed(String id, int revision, Incident.State state) {
        return new Routed("ops|0|" + id, "0", "ops", GroupBench.sample(id, revision, state, HIGH), "");
    }

    private static Command ack(String incident, long at) {
        return CommandReader.read("ack/" + incident, "{\"author\": \"ann\"}", Instant.ofEpochMilli(at));
    }

    private static KeyedBroadcastOperatorTestHarness<String, Routed, Command, Notice> harness(
            boolean live, int parallelism, int subtask) throws Exception {
        Route route = RouteSettings.read(
                        new SettingsReader(
                                YamlFile.parse(
                                        "a test", "route: {receiver: ops, escalate: [{after: 15m, receiver: lead}]}"),
                                new Problems(),
                                Map.of()),
                        List.of("ops", "lead"),
                        Duration.ofDays(7))
                .route();
        GroupSettings settings = GroupSettings.read(
                new SettingsReader(YamlFile.parse("a test", "{}"), new Problems(), Map.of()),
                route,
                List.of(new ReceiverTerms("ops", Level.MEDIUM, true), new ReceiverTerms("lead", Level.MEDIUM, true)),
                Duration.ofDays(7));
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(new GroupFunction(settings, live), List.of(GroupFunction.COMMANDS)),
                Routed::group,
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                subtask);
    }
}
