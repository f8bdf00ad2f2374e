package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** {@code rules test} over the real reader of logs. */
class RulesTestCommandTest {

    private static final String RULE =
            """
            id: bad-gpu
            title: A GPU told a fatal error
            level: high
            description: An error of the hardware.
            kind: sequence
            group-by: [node]
            match:
              - {name: xid, where: "kind == 'gpu.xid' && measures.xid_code == 79"}
            response: Drain the node.
            """;
    private static final String STORY =
            """
            - story: a GPU falls off the bus
              logs:
                - file: gpu-a1.kernel.log
                  lines:
                    - at: 5s
                      every: 10s
                      times: 2
                      line: "{time:MMM dd HH:mm:ss} gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 79, GPU has fallen off the bus."
              alerts:
                - {rule: bad-gpu, group: node=gpu-a1, starts: 5s, at: 5s}
            - story: a program's own fault
              logs:
                - file: gpu-a1.kernel.log
                  lines: |
                    Mar 01 10:00:05 gpu-a1 kernel: NVRM: Xid (PCI:0000:9b:00): 13, Graphics SM Warp Exception
            """;

    @TempDir
    private Path directory;

    private Path rules = Path.of("");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        rules = Files.createDirectories(directory.resolve("rules/stories")).getParent();
        Files.writeString(rules.resolve("bad-gpu.yaml"), RULE);
        Files.writeString(rules.resolve("stories/bad-gpu.yaml"), STORY);
    }

    @Test
    void tellsStoriesOfRealLines() {
        assertThat(run("rules", "test", rules.toString())).as(err.toString()).isZero();

        assertThat(out.toString().lines())
                .containsExactly(
                        "passed  " + rules + "/stories/bad-gpu.yaml:1  bad-gpu: a GPU falls off the bus",
                        "passed  " + rules + "/stories/bad-gpu.yaml:11  bad-gpu: a program's own fault",
                        "2 passed, 0 failed");
    }

    @Test
    void saysWhatWasExpectedWhatCameAndWhatWasNear() throws Exception {
        Files.writeString(rules.resolve("bad-gpu.yaml"), RULE.replace("79", "48"));
        Path junit = directory.resolve("results/junit.xml");

        assertThat(run("rules", "test", rules.toString(), "--junit", junit.toString()))
                .isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "FAILED  ",
                        "expected: bad-gpu of node=gpu-a1, starts 5s, at 5s",
                        "near:     step xid: kind == 'gpu.xid' && measures.xid_code == 48: met by 0 of 2 events",
                        "measures.xid_code == 48: false, it is 79",
                        "1 passed, 1 failed");
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("expected: bad-gpu of node=gpu-a1");
    }

    @Test
    void saysWhatTheRuleNearlyTold() throws IOException {
        Files.writeString(
                rules.resolve("bad-gpu.yaml"),
                RULE.replace("== 79\"}", "== 79\", times: 3}").replace("response:", "within: 10m\nresponse:"));

        assertThat(run("rules", "test", rules.toString())).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "near:     node=gpu-a1 at 2026-03-01T10:10:05Z: xid 2 times (xid_code=79), then not xid 1 times"
                                + " more");
    }

    @Test
    void failsWhereAnAlertComesThatNobodyExpects() throws IOException {
        Files.writeString(rules.resolve("bad-gpu.yaml"), RULE.replace("== 79", "> 0"));

        assertThat(run("rules", "test", rules.toString())).isEqualTo(1);

        assertThat(out.toString()).contains("got:      bad-gpu of node=gpu-a1, starts 5s, at 5s", "1 passed, 1 failed");
    }

    @Test
    void tellsAllThatIsWrongWithStoriesWithTheirLines() throws IOException {
        Files.writeString(
                rules.resolve("stories/bad-gpu.yaml"),
                STORY.replace("{rule: bad-gpu,", "{rul: bad-gpu,").replace("times: 2", "times: often"));
        Files.writeString(rules.resolve("stories/bad-cpu.yaml"), STORY);

        assertThat(run("rules", "test", rules.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "bad-gpu.yaml:7: logs[0].lines[0].times: \"often\" is not a whole number",
                        "bad-gpu.yaml:10: alerts[0].rule: is missing",
                        "bad-gpu.yaml:10: alerts[0].rul: unknown, did you mean \"rule\"?",
                        "bad-cpu.yaml:1: there is no such rule, did you mean \"bad-gpu\"?");
    }

    @Test
    void tellsTheShippedStoriesWithoutADirectory() {
        assertThat(run("rules", "test")).isZero();

        assertThat(out.toString()).contains("loss-nan: the loss becomes NaN and stays it", " passed, 0 failed");
    }

    private int run(String... arguments) {
        return WithoutJob.run(out, err, arguments);
    }
}
