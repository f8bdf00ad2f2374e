package io.faultline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A quiet cluster is full of lines that only look like faults. */
class HardNegativesTest {

    @TempDir
    static Path temporary;

    private static WrittenCluster quiet;

    @BeforeAll
    static void simulate() {
        quiet = WrittenCluster.write(SimulationSettings.defaults().withFaults(List.of("none")), temporary);
    }

    @Test
    void idleReplicaSaysSoOnceAndFallsSilent() {
        List<String> stats = quiet.grep("code-0.log", "Avg prompt throughput");

        assertThat(stats).filteredOn(line -> line.contains("Running: 0 reqs")).hasSize(2);
        assertThat(stats).hasSizeLessThan(300);
    }

    @Test
    void saturatedReplicaMakesItsRequestsWaitAndStillMoves() {
        assertThat(quiet.grep("chat-0.log", "Waiting: \\d\\d+ reqs"))
                .hasSizeGreaterThan(10)
                .noneMatch(line -> line.contains("generation throughput: 0.0"));
    }

    @Test
    void longPromptIsReadForTwoLinesWithNothingGenerated() {
        assertThat(quiet.grep(
                        "code-0.log", "prompt throughput: \\d{4,}\\.\\d tokens/s, Avg generation throughput: 0\\.\\d"))
                .hasSize(2);
    }

    @Test
    void orderlyRestartEndsWithAnErrorThatMeansNothing() {
        List<String> log = quiet.logs().get("code-0.log");
        int error = index(log, "EngineDeadError");
        int signal = index(log, "trigger received signal=SIGTERM");

        assertThat(signal).isPositive().isLessThan(error);
        assertThat(log.subList(error, log.size())).anyMatch(line -> line.contains("Application startup complete."));
    }

    @Test
    void clientsMistakesAreWrittenAsErrors() {
        assertThat(quiet.all())
                .anyMatch(line -> line.contains("ERROR") && line.contains("maximum context length is 32768 tokens"))
                .anyMatch(line -> line.endsWith("401 Unauthorized"))
                .anyMatch(line -> line.endsWith("404 Not Found"));
    }

    @Test
    void checkpointsAndEvaluationsTakeManySteps() {
        assertThat(quiet.grep("train-llm.log", "successfully saved checkpoint")).hasSizeGreaterThan(2);
        assertThat(quiet.grep("train-llm.log", "save-checkpoint \\.+: \\((5|6|7|8|9)\\d{4}"))
                .hasSizeGreaterThan(2);
        assertThat(quiet.grep("train-llm.log", "validation loss at iteration")).hasSizeGreaterThan(2);
    }

    @Test
    void halfPrecisionLooksForItsLossScaleAtTheStart() {
        List<String> skipped = quiet.grep("train-moe.log", "number of skipped iterations:   1");

        assertThat(skipped).hasSize(16).noneMatch(line -> line.contains("lm loss"));
    }

    @Test
    void firstStepIsTenTimesAsSlow() {
        String first = quiet.grep("train-llm.log", "iteration +41201/").get(0);
        String later = quiet.grep("train-llm.log", "iteration +41220/").get(0);

        assertThat(elapsed(first)).isGreaterThan(10 * elapsed(later));
    }

    @Test
    void goodRunEndsWithTheUsualWarnings() {
        assertThat(quiet.grep("sft-chat.log", "'train_runtime'")).hasSize(1);
        assertThat(quiet.grep("sft-chat.log", "process group has NOT been destroyed"))
                .hasSize(1);
        assertThat(quiet.grep("sft-chat.log", "Failed to check the \"should dump\" flag"))
                .hasSize(7);
    }

    @Test
    void kernelsComplainOfNothingThatMatters() {
        assertThat(quiet.all())
                .anyMatch(line -> line.contains("insufficient power on the PCIe slot (27W)"))
                .anyMatch(line -> line.contains("link becomes ready"))
                .anyMatch(line -> line.matches(".*NVRM: Xid \\(PCI:0000:db:00\\): (13|31), .*"))
                .anyMatch(line -> line.matches(".*NVRM: Xid \\(PCI:0000:db:00\\): 43, pid=\\d+, name=.*"));
    }

    private static double elapsed(String line) {
        return Double.parseDouble(line.replaceAll(".*iteration \\(ms\\): ([\\d.]+) .*", "$1"));
    }

    private static int index(List<String> log, String part) {
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).contains(part)) {
                return i;
            }
        }
        throw new AssertionError("no line says " + part);
    }
}
