package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.respond.control.CommandReader;
import io.faultline.respond.remediate.Approval;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands around playbooks and their actions. */
class RemediationCommandsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:05:00Z");
    private static final String ACTION = "lost-gpu-0f3a5c7e9b21";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> sent = new ArrayList<>();

    @Test
    void listsWhatIsShippedAndWhatItWouldDo() {
        assertThat(run("playbooks", "list")).isZero();

        assertThat(out.toString())
                .contains("lost-gpu  Take a node that lost a GPU out of service")
                .contains("    cordon-node, drain-node; rehearsal only; at most 0.1 of the nodes in 1h, cool-down 6h");
    }

    @Test
    void lintsADirectoryOfPlaybooks() throws IOException {
        Files.writeString(
                directory.resolve("drain.yaml"),
                "id: drain\ntitle: Drain\nwhen: {rules: [gpu-lsot]}\ndo: [drain-nod]\n");

        int wrong = run("playbooks", "lint", directory.toString());
        String told = out.toString();
        Files.writeString(
                directory.resolve("drain.yaml"),
                "id: drain\ntitle: Drain\nwhen: {rules: [gpu-lost]}\ndo: [drain-node]\n");
        int right = run("playbooks", "lint", directory.toString());

        assertThat(wrong).isEqualTo(1);
        assertThat(told)
                .contains(directory + "/drain.yaml:4: do: \"drain-nod\" is not one of cordon-node, drain-node")
                .contains(directory + "/drain.yaml: when.rules: no rule \"gpu-lsot\", did you mean \"gpu-lost\"?");
        assertThat(right).isZero();
        assertThat(err.toString()).contains("1 playbooks, 2 problems").contains("1 playbooks, 0 problems");
    }

    @Test
    void checksTheSettingsOfAnExecutor() throws IOException {
        Path config = Files.writeString(
                directory.resolve("act.yaml"), "cluster: lab\nkafka: {bootstrap-server: a:9092}\nlongest: 0s\n");

        assertThat(run("act", "--config", config.toString(), "--check")).isEqualTo(2);

        assertThat(err.toString())
                .contains("kafka.bootstrap-servers: is missing")
                .contains("kafka.bootstrap-server: unknown, did you mean \"bootstrap-servers\"?")
                .contains("kafka.actions-topic: is missing")
                .contains("longest: must be longer than 0s");
    }

    @Test
    void sendsADecisionToTheControlTopic() throws IOException {
        Path config = Files.writeString(directory.resolve("job.yaml"), "");

        assertThat(decide("approve", ACTION, "--config", config.toString(), "--author", "ann"))
                .isZero();
        assertThat(decide(
                        "refuse",
                        ACTION + "-2",
                        "--config",
                        config.toString(),
                        "--author",
                        "bob",
                        "--reason",
                        "not today"))
                .isZero();

        assertThat(read(sent.get(0))).isEqualTo(new Approval(ACTION, true, "ann", "", NOW));
        assertThat(read(sent.get(1))).isEqualTo(new Approval(ACTION + "-2", false, "bob", "not today", NOW));
    }

    @Test
    void wantsToKnowWhoWhatAndWhyNot() throws IOException {
        Path config = Files.writeString(directory.resolve("job.yaml"), "");

        assertThat(decide("refuse", "gpu-a1", "--config", config.toString(), "--author", " "))
                .isEqualTo(2);

        assertThat(sent).isEmpty();
        assertThat(err.toString())
                .contains("\"gpu-a1\" is no id of an action as lost-gpu-0f3a5c7e9b21")
                .contains("--author: is missing")
                .contains("--reason: is missing");
    }

    private static Approval read(String record) {
        int gap = record.indexOf(' ');
        return Approval.of(CommandReader.read(record.substring(0, gap), record.substring(gap + 1), Instant.EPOCH));
    }

    private int run(String... arguments) {
        return WithoutJob.run(out, err, arguments);
    }

    /** The two commands as they are below the outermost one, with a control topic that only notes what it is sent. */
    private int decide(String... arguments) {
        ControlRecords control = new ControlRecords() {
            @Override
            public void send(String key, String document) {
                sent.add(key + ' ' + document);
            }

            @Override
            public Map<String, String> read(String prefix) {
                return Map.of();
            }
        };
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        CommandLine outermost = new CommandLine(
                        CommandLine.Model.CommandSpec.create().name("faultline"))
                .addSubcommand(new ApproveCommand(options -> control, clock))
                .addSubcommand(new RefuseCommand(options -> control, clock));
        return Mistakes.tellKindly(outermost)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
