package io.faultline.collect.parse.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.settings.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParserFileTest {

    private static final String RIGHT =
            """
            format: acme
            match: 'acme step={INT:step}'
            tests:
              - line: 'acme step=3'
                event: {measures: {step: 3}}
            """;

    @TempDir
    private Path directory;

    private final Problems problems = new Problems();

    @Test
    void tellsAllThatIsWrongAtOnceEachWithItsLineAndWhatIsNear() {
        ParserFile.parse(
                "acme.yaml",
                """
                format: Acme Trainer
                family: trainin
                befor: builtin
                match:
                  - 'step={INT:step}'
                  - 'loss={NUMBR:loss}'
                time: {layout: 'dd/MM/yyyy', zone: Europe/Pariss}
                severity: {field: lvl, words: {X: eror}}
                measures:
                  stepp: step
                  kv_cache_usage_ratio: {from: usage, unit: prcent}
                entity: {nod: step}
                kinds:
                  - when: {loss: {from: high}}
                    kind: training.stp
                tests:
                  - line: 'step=3'
                    event: {severity: wrn, measures: {setp: 3}}
                """,
                problems);

        assertThat(problems.all())
                .containsExactlyInAnyOrder(
                        "acme.yaml:1: format: \"Acme Trainer\" is not a name in small letters, digits and hyphens",
                        "acme.yaml:2: family: \"trainin\" is not one of training, inference, kernel, platform, generic",
                        "acme.yaml:3: befor: unknown, did you mean \"before\"?",
                        "acme.yaml:6: match[1]: unknown pattern \"NUMBR\", did you mean \"NUMBER\"?",
                        "acme.yaml:7: time.zone: \"Europe/Pariss\" is no time zone as UTC, +08:00 or Europe/Paris, did you mean"
                                + " \"Europe/Paris\"?",
                        "acme.yaml:8: severity.field: no pattern captures a field \"lvl\"",
                        "acme.yaml:8: severity.words.X: \"eror\" is not one of trace, debug, info, warn, error, fatal, did you"
                                + " mean \"error\"?",
                        "acme.yaml:10: measures.stepp: is no measure, did you mean \"step\"?; docs/KINDS.md has the names,"
                                + " any other is an attribute",
                        "acme.yaml:11: measures.kv_cache_usage_ratio.from: no pattern captures a field \"usage\"",
                        "acme.yaml:11: measures.kv_cache_usage_ratio.unit: \"prcent\" is no unit of kv_cache_usage_ratio, did"
                                + " you mean \"percent\"?; there are %, percent, permille, ratio",
                        "acme.yaml:12: entity.nod: is no part of an entity, did you mean \"node\"?; there are cluster, gpu,"
                                + " job, model, node, rank, replica, run, service",
                        "acme.yaml:14: kinds[0].when.loss.from: \"high\" is not a number from -1.7976931348623157E308 to"
                                + " 1.7976931348623157E308",
                        "acme.yaml:15: kinds[0].kind: \"training.stp\" is no kind, did you mean \"training.step\"?;"
                                + " docs/KINDS.md has them",
                        "acme.yaml:18: tests[0].event.severity: \"wrn\" is not one of trace, debug, info, warn, error, fatal,"
                                + " did you mean \"warn\"?",
                        "acme.yaml:18: tests[0].event.measures.setp: is no measure, did you mean \"step\"?");
    }

    @Test
    void asksForQuotesWhereYamlTakesTheBraceForItsOwn() {
        ParserFile.parse("acme.yaml", RIGHT.replace("'acme step={INT:step}'", "{INT:step}"), problems);

        assertThat(problems.all())
                .contains("acme.yaml:2: match: begins with a brace that YAML takes for its own; put quotes around it");
    }

    @Test
    void demandsATestThatTheParserMustPass() {
        ParserFile.parse("acme.yaml", RIGHT.substring(0, RIGHT.indexOf("tests:")), problems);

        assertThat(problems.all())
                .singleElement()
                .asString()
                .contains("tests: has no line that the parser must read; a parser without one proves nothing");
    }

    @Test
    void tellsTwoFilesWithOneFormat() throws IOException {
        Path first = Files.writeString(directory.resolve("a.yaml"), RIGHT);
        Path second = Files.writeString(directory.resolve("b.yaml"), RIGHT);

        ParserFile.read(List.of(directory), problems);

        assertThat(problems.all()).containsExactly(second + ": format: \"acme\" is that of " + first + " too");
    }

    @Test
    void tellsWhatIsNotThereAndWhatHoldsNoParser() {
        ParserFile.read(List.of(directory, directory.resolve("gone.yaml")), problems);

        assertThat(problems.all())
                .containsExactly(
                        directory + ": holds no parser: no file that ends with .yaml",
                        directory.resolve("gone.yaml") + ": there is no such file or directory");
    }

    @Test
    void warnsOfAPatternThatEveryRecordMustMeet() {
        ParserFile file = ParserFile.parse(
                "acme.yaml", RIGHT.replace("acme step={INT:step}", "{INT:step}").replace("acme step=3", "3"), problems);

        assertThat(problems.all()).isEmpty();
        assertThat(file.warnings()).singleElement().asString().contains("acme.yaml: pattern 1 demands no text");
    }
}
