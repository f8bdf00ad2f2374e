package io.faultline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

/** The commands around parsers that are written in YAML, over the real reader. */
class ParsersCommandTest {

    private static final String ACME =
            """
            format: acme
            title: Acme's runner
            match: 'acme step={INT:step} took {DURATION:step_time_seconds}'
            kind: training.step
            tests:
              - line: 'acme step=3 took 20ms'
                event: {measures: {step: 3, step_time_seconds: 0.02}}
            """;

    @TempDir
    private Path directory;

    private Path parsers = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        parsers = Files.createDirectory(directory.resolve("parsers"));
        Files.writeString(parsers.resolve("acme.yaml"), ACME);
    }

    @Test
    void testsWhatParserFilesSay() {
        int code = run("parsers", "test", parsers.toString());

        assertThat(code).isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        "passed  " + parsers.resolve("acme.yaml") + ":6  acme\n1 passed, 0 failed\n");
    }

    @Test
    void failsWhereAParserReadsAnotherThing() throws Exception {
        Files.writeString(parsers.resolve("acme.yaml"), ACME.replace("0.02", "20"));
        Path junit = directory.resolve("results/junit.xml");

        int code = run("parsers", "test", parsers.toString(), "--junit", junit.toString());

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .contains("FAILED", "measures.step_time_seconds: expected 20, found 0.02", "0 passed, 1 failed");
        Element suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(junit.toFile())
                .getDocumentElement();
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getElementsByTagName("failure").item(0).getTextContent())
                .contains("expected 20, found 0.02", "acme step=3 took 20ms");
    }

    @Test
    void lintsWithALineForEachProblem() throws IOException {
        Files.writeString(
                parsers.resolve("acme.yaml"), ACME.replace("INT", "IMT").replace("training.step", "training.stp"));

        int code = run("parsers", "lint", parsers.toString());

        assertThat(code).isEqualTo(1);
        assertThat(out.toString().lines())
                .containsExactly(
                        parsers.resolve("acme.yaml") + ":3: match: unknown pattern \"IMT\", did you mean \"INT\"?",
                        parsers.resolve("acme.yaml")
                                + ":4: kind: \"training.stp\" is no kind, did you mean \"training.step\"?; docs/KINDS.md"
                                + " has them");
    }

    @Test
    void lintsWhatIsRightInSilence() {
        assertThat(run("parsers", "lint", parsers.toString())).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void listsBuiltInFormatsAndThoseOfFiles() {
        assertThat(run("parsers", "list", parsers.toString())).isZero();

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("vllm ") && line.endsWith("built in"))
                .anyMatch(line -> line.startsWith("acme ") && line.endsWith("acme.yaml: Acme's runner"));
    }

    @Test
    void readsLogsWithTheParsersOfADirectory() throws IOException {
        int code = run("parse", log("acme step=7 took 1.5s"), "--parsers", parsers.toString());

        JsonNode event = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(event.path("faultline.format").asText()).isEqualTo("acme");
        assertThat(event.path("ai.measures.step_time_seconds").asDouble()).isEqualTo(1.5);
    }

    @Test
    void explainsWhichParserTookARecordAndWhyTheOthersDidNot() throws IOException {
        String log = log("acme step=7 took 1.5s\nacme step=7 took ages\nacme is up");

        int code = run("parse", "--explain", log, "--parsers", parsers.toString());

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains(
                        log + ":1  acme step=7 took 1.5s",
                        "  taken by acme: training.step step=7 step_time_seconds=1.5",
                        "  taken by no parser",
                        "  not acme: it reads \"acme step=7 took \", but \"ages\" does not go on with"
                                + " {DURATION:step_time_seconds}",
                        "  not acme: it lacks \"step=\" and \"took\"");
    }

    @Test
    void explainsToScripts() throws IOException {
        int code = run("parse", "--explain", "--json", log("acme step=7 took ages"), "--parsers", parsers.toString());

        JsonNode explanation = new ObjectMapper().readTree(out.toString());
        assertThat(code).isZero();
        assertThat(explanation.path("line").asInt()).isEqualTo(1);
        assertThat(explanation.path("text").asText()).isEqualTo("acme step=7 took ages");
        assertThat(explanation.path("format").asText()).isEqualTo("unknown");
        assertThat(explanation.path("others"))
                .anySatisfy(other -> {
                    assertThat(other.path("format").asText()).isEqualTo("acme");
                    assertThat(other.path("because").asText()).startsWith("it reads \"acme step=7 took \"");
                })
                .anySatisfy(other -> assertThat(other.path("format").asText()).isEqualTo("vllm"));
    }

    @Test
    void refusesAWrongParserFileBeforeAnythingIsRead() throws IOException {
        Files.writeString(parsers.resolve("acme.yaml"), ACME.replace("INT", "IMT"));

        int code = run("parse", log("acme step=7 took 1.5s"), "--parsers", parsers.toString());

        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("acme.yaml:3: match: unknown pattern \"IMT\"");
    }

    @Test
    void tellsWhichOptionsDoNotGoTogether() throws IOException {
        assertThat(run("parse", log("x"), "--json")).isEqualTo(2);
        assertThat(run("parse", log("x"), "--explain", "--stats")).isEqualTo(2);
        assertThat(err.toString()).contains("--json: goes with --explain", "--explain: prints no events");
    }

    private String log(String text) throws IOException {
        return Files.writeString(directory.resolve("run.log"), text + "\n").toString();
    }

    private int run(String... arguments) {
        return WithoutJob.run(out, err, arguments);
    }
}
