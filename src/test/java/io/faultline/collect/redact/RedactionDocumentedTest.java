package io.faultline.collect.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files of rules, the settings over them, and {@code docs/REDACTION.md} say the same. */
class RedactionDocumentedTest {

    @Test
    void hasATableRowForEveryRule() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/REDACTION.md")).stream()
                .filter(line -> line.matches("\\| `[a-z0-9-]+` \\| (secret|person|prompt|address) \\|.*"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(RuleFile.shipped().stream()
                        .map(rule -> "| `" + rule.id() + "` | "
                                + rule.kind().name().toLowerCase(Locale.ROOT) + " | " + rule.description() + " | "
                                + rule.evidence() + " |")
                        .toList());
    }

    @Test
    void hasACanaryForEveryRuleThatRuns() {
        List<String> ids = new Redactor(RedactSettings.defaults()).ruleIds();

        assertThat(Canaries.texts().keySet())
                .containsAll(ids.stream()
                        .filter(id -> !List.of("aws-bedrock-key", "baidu-api-key", "mail-service-key")
                                .contains(id))
                        .toList());
    }

    @Test
    void readsTheExampleOfTheDocumentation() throws IOException {
        String page = Files.readString(Path.of("docs/REDACTION.md"));
        int from = page.indexOf("```yaml\n") + 8;

        List<RuleDefinition> rules = RuleFile.of("the example", page.substring(from, page.indexOf("```", from)));

        assertThat(rules).extracting(RuleDefinition::id).containsExactly("badge-number", "our-signing-seed");
    }

    @Test
    void tellsAllProblemsOfAFileOfRules() {
        String file =
                "[{id: A, description: x, literals: [a]}, {id: b, description: y, literals: [b], pattern: '(', chek: luhn}]";

        assertThatThrownBy(() -> RuleFile.of("own.yaml", file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(
                        "A.id: is missing or not of lower-case words",
                        "A.pattern: is missing",
                        "b.chek: unknown, did you mean \"check\"?",
                        "b.pattern: ");
    }

    @Test
    void wantsAKeyForPseudonymsAndKnownRules() {
        Problems problems = new Problems();
        var tree = YamlFile.parse("job", "{persons: pseudonym, disabled: [emial], pseudonym-key-env: KEY}");

        RedactSettings.read(new SettingsReader(tree, problems, Map.of("KEY", "short")));

        assertThat(problems.all())
                .containsExactlyInAnyOrder(
                        "disabled: there is no rule emial, did you mean \"email\"?",
                        "pseudonym-key: has 5 characters; at least 16 are needed");
    }
}
