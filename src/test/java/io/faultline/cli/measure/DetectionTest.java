package io.faultline.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The short form of the measurement: one seed, four nodes of four GPUs, noise between the lines. No lines are lost here: a
 * fault that one line tells can not be found without it.
 */
class DetectionTest {

    private static final Disturbance NOISE = new Disturbance("noise", 0, 0.02, 0);

    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| \\d+ \\| ([0-9.]+) \\| ([0-9.]+) \\|.*");

    private static Map<String, RuleScore> scores;

    @BeforeAll
    static void measure() throws Exception {
        Measurement measurement = new Measurement();
        measurement.run(7, NOISE, 4, 4);
        scores = measurement.scores();
    }

    @Test
    void eachRuleFindsWhatItIsFor() {
        List<String> missed = PlantedFaults.rules().stream()
                .flatMap(rule -> scores.get(rule).mistakes().stream()
                        .filter(mistake -> mistake.startsWith("missed"))
                        .map(mistake -> rule + ": " + mistake))
                .toList();

        assertThat(missed).isEmpty();
        assertThat(PlantedFaults.rules())
                .allSatisfy(rule -> assertThat(scores.get(rule).planted()).isPositive());
    }

    @Test
    void noRuleTellsOfWhatIsWell() {
        List<String> alarms = scores.entrySet().stream()
                .flatMap(score -> score.getValue().mistakes().stream()
                        .filter(mistake -> mistake.startsWith("false"))
                        .map(mistake -> score.getKey() + ": " + mistake))
                .toList();

        assertThat(alarms).isEmpty();
    }

    @Test
    void thePageHasEachRuleThatIsMeasured() throws IOException {
        List<Matcher> rows = Files.readAllLines(Path.of("docs/DETECTION.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .toList();

        assertThat(rows.stream().map(row -> row.group(1))).containsExactlyElementsOf(PlantedFaults.rules());
    }

    @Test
    void eachRuleThatIsMeasuredIsShipped() {
        List<String> shipped =
                RuleSet.shipped().rules().stream().map(RuleDefinition::id).toList();

        assertThat(shipped).containsAll(PlantedFaults.rules());
    }
}
