package io.faultline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.faultline.cli.TypedCommand;
import io.faultline.cli.stack.KafkaServer;
import io.faultline.cli.stack.SharedServers;
import io.faultline.model.Attributes;
import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import io.faultline.model.Origin;
import io.faultline.model.RawLog;
import io.faultline.respond.notify.channel.HttpReceiver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people say of incidents reaches the job that runs, over its control topic. */
class PeopleSayIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final KafkaServer kafka = SharedServers.kafka();

    @TempDir
    private Path directory;

    @Test
    void silencesAcknowledgesAndJudges() throws Exception {
        kafka.createTopic("people-logs", 1);
        kafka.createTopic("people-control", 1);
        try (HttpReceiver receiver = new HttpReceiver();
                MemorySinks found = new MemorySinks();
                LogShipper shipper = new LogShipper(kafka.bootstrapServers(), "people-logs")) {
            Path config = config(receiver);
            TypedCommand silence = new TypedCommand(
                    "silence",
                    "add",
                    "node=gpu-b1",
                    "--id",
                    "riser",
                    "--for",
                    "2h",
                    "--author",
                    "ann",
                    "--reason",
                    "replacing the riser",
                    "--config",
                    config.toString());
            assertThat(silence.code()).as(silence.err()).isZero();
            JobSettings settings = JobSettings.of(config, java.util.Map.of());
            StreamExecutionEnvironment environment = JobConfiguration.embedded(2);
            new Topology(settings, new ConfiguredSources(settings), found).wire(environment);
            JobClient job = environment.executeAsync();
            await().atMost(PATIENCE).until(() -> did(found, AuditEntry.Action.SILENCED));

            xid(shipper, "gpu-a1", "10:00:00");
            xid(shipper, "gpu-b1", "10:00:30");
            xid(shipper, "gpu-c1", "10:10:00"); // lets the time of the two before pass
            await().atMost(PATIENCE).until(() -> receiver.received().stream()
                    .anyMatch(message -> message.body().contains("gpu-a1")));
            await().atMost(PATIENCE).until(() -> did(found, AuditEntry.Action.DECIDED));
            String incident = incident(found, "gpu-a1").orElseThrow().id();
            TypedCommand ack = new TypedCommand(
                    "ack", incident, "--author", "bob", "--reason", "draining", "--config", config.toString());
            TypedCommand verdict =
                    new TypedCommand("verdict", incident, "right", "--author", "bob", "--config", config.toString());
            assertThat(ack.code() + verdict.code())
                    .as(ack.err() + verdict.err())
                    .isZero();
            await().atMost(PATIENCE).until(() -> found.rulePrecision().containsKey("gpu-xid-critical"));
            await().atMost(PATIENCE).until(() -> did(found, AuditEntry.Action.ACKNOWLEDGED));
            job.cancel().get();

            assertThat(receiver.received()).noneMatch(message -> message.body().contains("gpu-b1"));
            assertThat(found.rulePrecision().get("gpu-xid-critical").right()).isEqualTo(1);
            assertThat(found.audit())
                    .filteredOn(entry -> entry.action() == AuditEntry.Action.DECIDED)
                    .allSatisfy(
                            entry -> assertThat(entry.reason()).isEqualTo("silence riser of ann: replacing the riser"));
            assertThat(found.audit())
                    .extracting(entry -> entry.actor() + " " + entry.action())
                    .contains("ann SILENCED", "bob ACKNOWLEDGED", "bob VERDICT_GIVEN", "faultline SENT");
            assertThat(new TypedCommand("silence", "list", "--config", config.toString()).out())
                    .contains("riser", "node=gpu-b1", "ann: replacing the riser");
            TypedCommand ended = new TypedCommand(
                    "silence", "end", "risr", "riser", "--author", "ann", "--config", config.toString());
            assertThat(ended.err()).contains("risr: there is no such silence", "riser");
        }
    }

    private Path config(HttpReceiver receiver) throws Exception {
        return Files.writeString(
                directory.resolve("job.yaml"),
                """
                collect:
                  source:
                    kafka: {bootstrap-servers: "%s", topics: [people-logs], start: earliest}
                detect:
                  match: {rules-topic: people-control}
                explain:
                  correlate: {settle: 1s}
                respond:
                  notify:
                    receivers:
                      - {name: pager, channel: webhook, url: "%s"}
                """
                        .formatted(kafka.bootstrapServers(), receiver.url()));
    }

    private static boolean did(MemorySinks found, AuditEntry.Action action) {
        return found.audit().stream().anyMatch(entry -> entry.action() == action);
    }

    private static Optional<Incident> incident(MemorySinks found, String node) {
        return found.incidents().stream()
                .filter(incident -> node.equals(incident.cause().entity().node()))
                .findFirst();
    }

    private static void xid(LogShipper shipper, String node, String time) {
        String line = "Mar  1 " + time + " " + node
                + " kernel: NVRM: Xid (PCI:0000:9b:00): 79, pid=2311, name=python, GPU has fallen off the bus.";
        Instant at = Instant.parse("2026-03-01T" + time + "Z");
        RawLog log = new RawLog(Origin.file("k", 1), at, node + ".kernel.log", line.getBytes(UTF_8), Attributes.NONE);
        shipper.send(log, at.toEpochMilli());
        shipper.flush();
    }
}
