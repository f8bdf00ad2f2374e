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
    void endsAFoldedTextWithItsLastWord() {
        RuleFile file = new RuleFile(
                "rules/folded.yaml",
                """
                id: folded
                title: Loss jumps
                level: high
                group-by: [job]
                response: >
                  Look at the data.
                  Then go on.
                kind: spike
                match: 'true'
                value: measures.loss
                """);

        RuleDefinition rule = RuleSet.of("the rules", List.of(file)).rules().get(0);

        assertThat(rule.response()).isEqualTo("Look at the data. Then go on.");
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
    void putsParamsAndListsIntoTheConditions() {
        RuleSet rules = SampleRules.rule(
                "constants",
                """
                kind: spike
                params: {longest: 10.5, least: -3, engine: "vllm's", at_least: 2}
                lists: {fatal: [79, 48], ratios: [1, 0.5], names: [a, "b'c"]}
                match: measures.xid_code in lists.fatal && attributes.engine == params.engine && message != 'params.least'
                value: measures.value - params.least
                stop: measures.loss in lists.ratios || job in lists.names || measures.step >= params.at_least
                """);

        assertThat(rules.rules().get(0).pattern().conditions())
                .containsExactly(
                        "measures.xid_code in [79, 48] && attributes.engine == 'vllm\\'s' && message != 'params.least'",
                        "measures.loss in [1.0, 0.5] || job in ['a', 'b\\'c'] || measures.step >= 2");
        assertThat(((SpikePattern) rules.rules().get(0).pattern()).value()).isEqualTo("measures.value - (-3)");
    }

    @Test
    void tellsWhatIsNotDeclaredAndWhatCanNotBe() {
        RuleFile file = SampleRules.file(
                "constants",
                """
                kind: spike
                params: {max_wait: 10, flag: true}
                lists: {mixed: [a, 1], empty: []}
                match: measures.waiting_requests > params.max_wiat
                value: measures.loss
                exceptions: [measures.los > 1, kind == 'training.step']
                """);

        assertThatThrownBy(() -> RuleSet.of("the rules", List.of(file)))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "rules/constants.yaml:9: params.flag: is neither a text nor a number",
                                "rules/constants.yaml:10: lists.mixed: is not a list of texts or of numbers",
                                "rules/constants.yaml:10: lists.empty: is not a list of texts or of numbers",
                                "rules/constants.yaml:11: match: nothing is declared as \"params.max_wiat\", did"
                                        + " you mean \"max_wait\"?",
                                "rules/constants.yaml:13: exceptions: unknown measure or attribute \"los\", did"
                                        + " you mean \"loss\"?"));
    }

    @Test
    void tellsWhatIsWrongWithHowAnAlertEnds() {
        String step = "kind: sequence\nmatch: [{name: xid, where: kind == 'gpu.xid'}]\n";
        RuleFile words = SampleRules.file(
                "words", step + "resolve:\n  wen: kind == 'gpu.xid'\n  when: kind == 'process.exits'\n  after: 0s\n");
        RuleFile empty = SampleRules.file("empty", step + "resolve: {}\n");

        assertThatThrownBy(() -> RuleSet.of("the rules", List.of(words, empty)))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "rules/words.yaml:11: resolve.wen: unknown, did you mean \"when\"?",
                                "rules/words.yaml:12: resolve.when: unknown kind \"process.exits\", did you mean"
                                        + " \"process.exit\"?",
                                "rules/words.yaml:13: resolve.after: must be longer than nothing",
                                "rules/empty.yaml:10: resolve: says neither when nor after"));
    }

    @Test
    void refusesStepsThatNoAutomatonCanFollow() {
        RuleFile file = SampleRules.file(
                "steps",
                """
                kind: sequence
                within: 5m
                skip: to-last
                skip-to: flep
                match:
                  - {name: flap, where: kind == 'link.down', times: 2+, greedy: true}
                  - {name: maybe, where: kind == 'gpu.xid', optional: true}
                  - {name: never, where: kind == 'process.exit', not: true}
                  - {name: once, where: kind == 'gpu.ecc', greedy: true, until: kind == 'gpu.xid'}
                  - {name: late, where: kind == 'gpu.ecc', within: 6m}
                """);

        assertThatThrownBy(() -> RuleSet.of("the rules", List.of(file)))
                .isInstanceOfSatisfying(SettingsException.class, e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "rules/steps.yaml:11: skip-to: no step \"flep\" happens, did you mean \"flap\"?",
                                "rules/steps.yaml:12: match: \"maybe\" is optional, so the step before it can not be"
                                        + " greedy",
                                "rules/steps.yaml:12: match: \"never\" is not, so the step before it can not be"
                                        + " optional",
                                "rules/steps.yaml:16: match[3].greedy: goes only with times, and not with"
                                        + " contiguity any",
                                "rules/steps.yaml:16: match[3].until: goes only with times that have no end, as"
                                        + " 1+",
                                "rules/steps.yaml:9: within: is shorter than that of a step"));
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

        RuleSet rules = new MatchSettings(directory.toString(), "", List.of("two", "loss-nan")).rules();

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
