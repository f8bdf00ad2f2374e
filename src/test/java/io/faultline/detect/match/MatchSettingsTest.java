package io.faultline.detect.match;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchSettingsTest {

    private final Problems problems = new Problems();

    @Test
    void saysWhichDisabledRuleIsMeant() {
        read("disabled: [loss-explode, training-stalled]");

        assertThat(problems.all())
                .containsExactly("disabled: no rule \"loss-explode\", did you mean \"loss-explodes\"?");
    }

    @Test
    void ownRulesCanBeDisabledToo(@TempDir Path rules) throws Exception {
        Files.writeString(rules.resolve("our-disk-full.yaml"), "");

        read("{rules-directory: " + rules + ", disabled: [our-disk-full]}");

        assertThat(problems.all()).isEmpty();
    }

    @Test
    void aDisabledRuleDoesNotRun() {
        RuleSet rules = read("disabled: [loss-explodes]").rules();

        assertThat(rules.rules())
                .extracting(RuleDefinition::id)
                .doesNotContain("loss-explodes")
                .contains("loss-nan");
    }

    private MatchSettings read(String yaml) {
        return MatchSettings.read(new SettingsReader(YamlFile.parse("test", yaml), problems, Map.of()));
    }
}
