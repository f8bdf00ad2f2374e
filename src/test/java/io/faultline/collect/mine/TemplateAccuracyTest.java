package io.faultline.collect.mine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of the logs that everybody has; {@code bin/score-templates} tells those of Loghub. */
class TemplateAccuracyTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 20_260_301})
    void findsTheTemplatesOfSystemsThatItNeverSaw(long seed) {
        List<TemplateScores> scores = SampleSystems.NAMES.stream()
                .map(name -> SampleSystems.of(name, seed))
                .map(system -> TemplateScores.of(MinedLines.of(system.lines()).atEnd(), system.truth()))
                .toList();

        TemplateScores mean = TemplateScores.mean(scores);
        assertThat(mean.groupingAccuracy()).as("GA of %s", scores).isGreaterThanOrEqualTo(0.97);
        assertThat(mean.groupF1()).as("FGA of %s", scores).isGreaterThanOrEqualTo(0.95);
        assertThat(mean.parsingAccuracy()).as("PA of %s", scores).isGreaterThanOrEqualTo(0.95);
        assertThat(mean.templateF1()).as("FTA of %s", scores).isGreaterThanOrEqualTo(0.90);
    }

    @ParameterizedTest
    @ValueSource(strings = {"storage", "scheduler", "gateway", "phone"})
    void knowsMostTemplatesWhenTheirFirstLineIsRead(String name) {
        LabelledLines system = SampleSystems.of(name, 3);

        TemplateScores scores = TemplateScores.of(MinedLines.of(system.lines()).atOnce(), system.truth());

        assertThat(scores.parsingAccuracy()).isGreaterThanOrEqualTo(0.90);
    }

    @Test
    void scoresLinesAndGroupsAsPublished() {
        List<String> truth = List.of("a <*>", "a <*>", "b", "b", "c");
        List<String> mined = List.of("a <*>", "a <*>", "b", "b x", "c <*>");

        TemplateScores scores = TemplateScores.of(mined, truth);

        // Groups found: a (whole, right), b and b x (b is torn), c (whole, other text); true ones: a, b, c.
        assertThat(scores.groupingAccuracy()).isEqualTo(3 / 5.0);
        assertThat(scores.groupF1()).isEqualTo(2 * 2 / 7.0);
        assertThat(scores.parsingAccuracy()).isEqualTo(3 / 5.0);
        assertThat(scores.templateF1()).isEqualTo(2 * 1 / 7.0);
    }
}
