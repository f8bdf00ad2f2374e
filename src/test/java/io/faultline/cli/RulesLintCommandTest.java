package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesLintCommandTest {

    private static final String RULE =
            """
            id: bad-gpu
            version: 1
            title: A GPU told a fatal error
            status: experimental
            level: high
            description: An error of the hardware, after which nothing runs on it.
            kind: sequence
            group-by: [node]
            match:
              - {name: xid, where: "kind == 'gpu.xid' && measures.xid_code == 79"}
            falsepositives: [None that we know.]
            response: Drain the node and reset the GPU.
            """;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void failsForWarningsOnlyWhereItIsStrict() throws IOException {
        Files.writeString(directory.resolve("bad-gpu.yaml"), RULE);

        assertThat(run("rules", "lint", directory.toString())).isZero();
        assertThat(run("rules", "lint", directory.toString(), "--strict")).isEqualTo(1);

        assertThat(out.toString().lines())
                .containsOnly(directory + "/bad-gpu.yaml:1: no-story: write stories/bad-gpu.yaml");
        assertThat(err.toString()).contains("1 rules, 0 errors, 1 warnings");
    }

    @Test
    void failsForErrorsOfRulesAndStories() throws IOException {
        Files.writeString(directory.resolve("bad-gpu.yaml"), RULE.replace("== 79", "< -1"));
        Files.createDirectory(directory.resolve("stories"));
        Files.writeString(directory.resolve("stories/bad-gpu.yaml"), "- story: nothing\n  alrts: []\n");

        assertThat(run("rules", "lint", directory.toString())).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "/bad-gpu.yaml:10: threshold-out-of-unit: match[0].where: measures.xid_code < -1",
                        "/stories/bad-gpu.yaml:2: schema: alrts: unknown, did you mean \"alerts\"?");
    }

    @Test
    void findsNothingInTheShippedRules() {
        assertThat(run("rules", "lint", "--strict")).as(out.toString()).isZero();
    }

    private int run(String... arguments) {
        return WithoutJob.run(out, err, arguments);
    }
}
