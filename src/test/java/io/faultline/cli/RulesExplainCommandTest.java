package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesExplainCommandTest {

    private static final String LATER =
            "2026-03-01T10:20:00+00:00 gpu-a1 kernel: NVRM: Xid (PCI:0000:1b:00): 13, Graphics SM Warp Exception\n";

    @TempDir
    private Path directory;

    private Path log = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        log = directory.resolve("gpu-a1.kernel.log");
        Files.writeString(
                log,
                """
                2026-03-01T10:00:05+00:00 gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, GPU has fallen off the bus.
                2026-03-01T10:00:07+00:00 gpu-a1 kernel: NVRM: Xid (PCI:0000:1b:00): 13, Graphics SM Warp Exception
                """);
    }

    @Test
    void saysWhichPartOfAConditionFailedForALine() {
        assertThat(run("--line", log + ":2", "--rule", "gpu-xid-critical"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString())
                .contains(
                        log + ":2  2026-03-01T10:00:07Z  gpu.xid  node=gpu-a1 gpu=0000:1b:00",
                        "  gpu-xid-critical  node=gpu-a1 gpu=0000:1b:00",
                        "    no  xid: kind == 'gpu.xid' && measures.xid_code in [48, 64, 79, 95, 119, 120, 140]",
                        "          yes kind == \"gpu.xid\", it is \"gpu.xid\"",
                        "          no  measures.xid_code in [48, 64, 79, 95, 119, 120, 140], it is 13")
                .doesNotContain("fired");
    }

    @Test
    void saysWhatAGroupCameToAndWhereItStopped() {
        assertThat(run("--rule", "xid-then-job-exit", "--rule", "gpu-xid-critical"))
                .isZero();

        assertThat(out.toString())
                .contains(
                        "gpu-xid-critical  node=gpu-a1 gpu=0000:9b:00",
                        "    fired at 2026-03-01T10:00:05Z: xid (xid_code=79)",
                        "xid-then-job-exit  node=gpu-a1",
                        "    never fired",
                        "1 met up to 2026-03-01T10:00:05Z (" + log + ":1), then no exit before the logs end",
                        "    the nearest is 2026-03-01T10:00:07Z (" + log + ":2)",
                        "          no  kind == \"process.exit\", it is \"gpu.xid\"");
    }

    @Test
    void saysWhichLineEndedAnAlert() throws IOException {
        Files.writeString(
                log,
                """
                [2026-03-01T10:02:05.100] error: Nodes gpu-b2 not responding, setting DOWN
                [2026-03-01T10:40:05.100] Node gpu-b2 now responding
                """);

        assertThat(run("--rule", "node-not-ready")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains(
                        "    resolve: met by 1, first at 2026-03-01T10:40:05.100Z (" + log + ":2)",
                        "    fired at 2026-03-01T10:02:05.100Z: gone",
                        "    over at 2026-03-01T10:40:05.100Z: Node gpu-b2 now responding");
    }

    @Test
    void saysWhichEventBrokeASequenceAndWhyItWasNotTheNextStep() throws IOException {
        rule("contiguity: strict", "measures.xid_code == 48");

        assertThat(run("--rules", directory.toString())).isZero();

        assertThat(out.toString())
                .contains(
                        "1 met up to 2026-03-01T10:00:05Z (" + log + ":1), then no next but another event, at"
                                + " 2026-03-01T10:00:07Z (" + log + ":2)",
                        "    no  next: measures.xid_code == 48",
                        "          no  measures.xid_code == 48, it is 13");
    }

    @Test
    void saysThatAnEventCameThatMustNot() throws IOException {
        rule("not: true", "measures.xid_code == 13");

        assertThat(run("--rules", directory.toString())).isZero();

        assertThat(out.toString())
                .contains("then next, which must not come, at 2026-03-01T10:00:07Z (" + log + ":2)")
                .doesNotContain("the nearest");
    }

    @Test
    void saysThatAThresholdCameToNineTenths() throws IOException {
        rule(
                """
                kind: threshold
                match: kind == 'gpu.xid'
                value: measures.xid_code
                aggregate: max
                condition: {gt: 80}
                window: {size: 1m}
                """);
        Files.writeString(log, Files.readString(log) + LATER);

        assertThat(run("--rules", directory.toString())).isZero();

        assertThat(out.toString())
                .contains("never fired", "nearly at 2026-03-01T10:01:00Z: max of xid_code: observed 79 of 2 events");
    }

    private void rule(String second, String where) throws IOException {
        rule(
                """
                kind: sequence
                match:
                  - {name: first, where: measures.xid_code == 79}
                  - {name: next, where: %s, %s}
                where: kind == 'gpu.xid'
                within: 10m
                """
                        .formatted(where, second));
    }

    private void rule(String pattern) throws IOException {
        Files.writeString(
                directory.resolve("pair.yaml"),
                """
                id: pair
                title: Two errors
                level: high
                description: One after the other.
                group-by: [node]
                response: Drain the node.
                """
                        + pattern);
    }

    @Test
    void showsTheNearestEventOfARuleThatNothingMet() {
        assertThat(run("--rule", "loss-nan")).isZero();

        assertThat(out.toString())
                .contains("loss-nan: no event met any of its conditions", "the nearest is 2026-03-01T10:00:05Z")
                .contains("no  kind == \"training.step\", it is \"gpu.xid\"");
    }

    @Test
    void findsTheEventsOfATime() {
        assertThat(run("--at", "2026-03-01T10:00:06Z", "--around", "1s", "--group", "node=gpu-a1"))
                .isZero();

        assertThat(out.toString()).contains(log + ":1  ", log + ":2  ").doesNotContain("gpu-xid-critical");
    }

    @Test
    void tellsAllThatIsWrongWithItsArguments() {
        assertThat(run("--line", "here", "--at", "ten", "--rule", "los-nan")).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "\"here\" is not a file and a line",
                        "\"ten\" is not one as 2026-03-01T10:05:00Z",
                        "no rule \"los-nan\", did you mean \"loss-nan\"?");
    }

    private int run(String... options) {
        String[] arguments = new String[options.length + 4];
        arguments[0] = "rules";
        arguments[1] = "explain";
        arguments[2] = "--logs";
        arguments[3] = log.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        return WithoutJob.run(out, err, arguments);
    }
}
