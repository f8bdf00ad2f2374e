package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.collect.source.KafkaCheck;
import io.faultline.collect.source.KafkaSettings;
import io.faultline.detect.match.SampleRules;
import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.life.RuleHead;
import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.model.RuleStatus;
import io.faultline.settings.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of a job that runs are changed through its control topic. */
class RulesTopicIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String ANY_XID = "kind: sequence\nmatch:\n  - {name: xid, where: kind == 'gpu.xid'}\n";

    private final KafkaServer kafka = SharedServers.kafka();

    @Test
    void bringsARuleInForceWithoutARestart() throws Exception {
        kafka.createTopic("ruled-logs", 1);
        kafka.createTopic("ruled-rules", 1);
        kafka.createTopic("ruled-status", 1);
        JobSettings settings = settings();
        ControlTopic control = new ControlTopic("the test", settings, null, null);
        StreamExecutionEnvironment environment = JobConfiguration.embedded(2);
        try (MemorySinks found = new MemorySinks();
                LogShipper shipper = new LogShipper(kafka.bootstrapServers(), "ruled-logs")) {
            new Topology(
                            settings,
                            new ConfiguredSources(settings),
                            new SeveralSinks(found, new ConfiguredSinks(settings)))
                    .wire(environment);
            JobClient job = environment.executeAsync();
            xid(shipper, "10:00:00");
            await().atMost(PATIENCE).until(() -> found.eventCount() == 1);

            control.send(List.of(version(1, ANY_XID), head(RuleHead.UNTOUCHED.withActive(1))));
            await().atMost(PATIENCE).until(() -> told(found, RuleStatus.State.IN_FORCE) == 1);
            xid(shipper, "10:10:00");
            xid(shipper, "10:20:00");
            await().atMost(PATIENCE).until(() -> pushed(found).size() == 1);

            control.send(List.of(version(2, "kind: sequence\nmtach: []\n"), head(RuleHead.UNTOUCHED.withActive(2))));
            await().atMost(PATIENCE).until(() -> told(found, RuleStatus.State.REFUSED) == 2);
            xid(shipper, "10:40:00");
            await().atMost(PATIENCE).until(() -> pushed(found).size() == 2);

            control.send(List.of(head(RuleHead.UNTOUCHED.withActive(1).withPaused("it is only a test"))));
            await().atMost(PATIENCE).until(() -> told(found, RuleStatus.State.STOPPED) == 1);
            xid(shipper, "11:00:00");
            xid(shipper, "11:20:00");
            await().atMost(PATIENCE).until(() -> shipped(found, "11:00:00"));
            job.cancel().get();

            assertThat(pushed(found))
                    .extracting(alert -> alert.startsAt().toString() + " " + alert.ruleVersion())
                    .containsExactly("2026-03-01T10:10:00Z 1", "2026-03-01T10:20:00Z 1");
            assertThat(found.rejected()).hasSize(2).allSatisfy(one -> assertThat(one.stage())
                    .isEqualTo("rules"));
            assertThat(found.rejected())
                    .anySatisfy(one -> assertThat(one.detail()).contains("mtach: unknown", "match"))
                    .anySatisfy(one -> assertThat(one.detail()).contains("there is no version 2 of it"));
        }
        RuleBook book = control.read();
        assertThat(book.head("any-xid").paused()).isEqualTo("it is only a test");
        assertThat(book.versions("any-xid")).containsOnlyKeys(1);
        assertThat(control.overLimit()).isEmpty();
    }

    /** How soon that is, {@code bin/measure-reload} tells: on a busy machine it is no test. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void bringsEachVersionInForceInEveryTaskUnderLoad(int parallelism) throws Exception {
        String topic = "reloaded-rules-" + parallelism;
        kafka.createTopic(topic, 1);

        List<ReloadTrial.Reload> reloads = new ReloadTrial(kafka.bootstrapServers(), topic, parallelism).push(3);

        assertThat(reloads).hasSize(3).allSatisfy(reload -> assertThat(reload.first())
                .isLessThanOrEqualTo(reload.all()));
    }

    @Test
    void refusesAControlTopicThatHasNoOneOrder() {
        kafka.createTopic("disordered-rules", 2);
        Problems problems = new Problems();
        KafkaSettings there = KafkaSettings.of(kafka.bootstrapServers(), List.of());

        KafkaCheck.problems(there, "detect.match.rules-topic", "disordered-rules", problems);
        KafkaCheck.problems(there, "detect.match.rules-topic", "no-such-rules", problems);

        assertThat(problems.all()).hasSize(2);
        assertThat(problems.all().get(0))
                .isEqualTo(
                        "detect.match.rules-topic: \"disordered-rules\" has 2 partitions; commands in one order need 1");
        assertThat(problems.all().get(1)).startsWith("detect.match.rules-topic: \"no-such-rules\" does not exist");
    }

    private static RuleCommand version(int number, String pattern) {
        String text = SampleRules.file("any-xid", "suppress: 0s\n" + pattern)
                .text()
                .replace("group-by: [job]", "group-by: [node]");
        return RuleCommand.version("any-xid", number, text);
    }

    private static RuleCommand head(RuleHead head) {
        return RuleCommand.head("any-xid", head.document());
    }

    private static long told(MemorySinks found, RuleStatus.State state) {
        return found.ruleStatus().stream()
                .filter(status -> status.rule().equals("any-xid") && status.state() == state)
                .count();
    }

    private static List<Alert> pushed(MemorySinks found) {
        return found.alerts().stream()
                .filter(alert -> alert.rule().equals("any-xid"))
                .toList();
    }

    private static boolean shipped(MemorySinks found, String time) {
        Instant at = Instant.parse("2026-03-01T" + time + "Z");
        return found.alerts().stream()
                .anyMatch(alert ->
                        !alert.rule().equals("any-xid") && alert.startsAt().equals(at));
    }

    private static void xid(LogShipper shipper, String time) {
        String line = "Mar  1 " + time
                + " gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, pid=2311, name=python, GPU has fallen off the bus.";
        Instant at = Instant.parse("2026-03-01T" + time + "Z");
        RawLog log = new RawLog(Origin.file("k", 1), at, "gpu-a1.kernel.log", line.getBytes(UTF_8), Attributes.NONE);
        shipper.send(log, at.toEpochMilli());
        shipper.flush();
    }

    private JobSettings settings() {
        SettingsTree tree = new SettingsTree()
                .put("collect.source.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("collect.source.kafka.topics", List.of("ruled-logs"))
                .put("collect.source.kafka.start", "earliest")
                .put("detect.match.rules-topic", "ruled-rules")
                .put("store.kafka.bootstrap-servers", kafka.bootstrapServers())
                .put("store.kafka.rule-status-topic", "ruled-status");
        return JobSettings.read("the test", tree.tree(), Map.of());
    }
}
