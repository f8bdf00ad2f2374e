package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesExplainCommandTest {

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
                        "1 met up to 2026-03-01T10:00:05Z (" + log + ":1), then no exit in time");
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
        return Faultline.commandLine(
                        () -> {
                            throw new AssertionError("no job is run");
                        },
                        DirectLogReader::new,
                        new CliTerminal(false, false))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
