package io.faultline.detect.match.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.detect.match.MatchSettings;
import io.faultline.detect.match.SampleRules;
import io.faultline.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleReaderTest {

    @Test
    void tellsAllProblemsOfAllFilesWithTheirLines() {
        RuleFile first = SampleRules.file(
                "first",
                """
                kind: sequence
                wihin: 10m
                match:
                  - name: a
                    where: kind == 'gpu.xit'
                  - name: b
                    where: measures.los > 3
                    times: many
                """);
        RuleFile second = SampleRules.file(
                "second",
                """
                kind: spike
                match: kind == 'training.step'
                value: measures.lost
                """);

        assertThatThrownBy(() -> RuleSet.of("the rules", List.of(first, second)))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        "rules/first.yaml:9: wihin: unknown, did you mean \"within\"?",
                                        "rules/first.yaml:1: within: is missing",
                                        "rules/first.yaml:12: match[0].where: unknown kind \"gpu.xit\", did you mean"
                                                + " \"gpu.xid\"?",
                                        "rules/first.yaml:14: match[1].where: unknown measure or attribute \"los\", did you"
                                                + " mean \"loss\"?",
                                        "rules/first.yaml:15: match[1].times: \"many\" is not a number as 3, 3+ or 2..5",
                                        "rules/second.yaml:10: value: unknown measure or attribute \"lost\", did you mean \"loss\"?"));
    }

    @Test
    void saysOfBrokenYamlOnlyWhereItBreaks() {
        RuleFile broken = new RuleFile("rules/broken.yaml", "id: broken\n  title: [a\n");

        assertThatThrownBy(() -> RuleSet.of("the rules", List.of(broken)))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .containsExactly(
                                "rules/broken.yaml:2: no YAML: column 8: mapping values are not allowed here"));
    }

    @Test
    void wantsTheIdToBeTheFilesName() {
        RuleFile file = new RuleFile(
                "rules/other.yaml",
                SampleRules.file("one", "kind: spike\nmatch: 'true'\nvalue: measures.loss")
                        .text());

        assertThatThrownBy(() -> RuleSet.of("the rules", List.of(file)))
                .hasMessageContaining("rules/other.yaml:1: id: \"one\" is not the file's name");
    }

    @Test
    void refusesTwoRulesWithOneId() {
        RuleSet rules = SampleRules.rule("one", "kind: spike\nmatch: 'true'\nvalue: measures.loss");

        assertThatThrownBy(() -> rules.and(rules)).hasMessageContaining("one: there are two rules with this id");
    }

    @Test
    void readsADirectoryAndLeavesOutTheDisabled(@TempDir Path directory) throws Exception {
        for (String id : List.of("one", "two")) {
            Files.writeString(
                    directory.resolve(id + ".yaml"),
                    SampleRules.file(id, "kind: spike\nmatch: 'true'\nvalue: measures.loss")
                            .text());
        }

        RuleSet rules = new MatchSettings(directory.toString(), List.of("two", "loss-nan")).rules();

        assertThat(rules.rules()).extracting(RuleDefinition::id).contains("one", "training-stalled");
        assertThat(rules.rules()).extracting(RuleDefinition::id).doesNotContain("two", "loss-nan");
    }

    @Test
    void shipsEachRuleOfItsDirectory() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/rules"))) {
            List<String> ids = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.replace(".yaml", ""))
                    .sorted()
                    .toList();

            assertThat(RuleSet.shipped().rules()).extracting(RuleDefinition::id).containsExactlyElementsOf(ids);
        }
        assertThat(RuleSet.shipped().rules())
                .allSatisfy(
                        rule -> assertThat(rule.falsePositives()).as(rule.id()).isNotEmpty());
    }
}
