package io.faultline.collect.assess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class QualityScoresTest {

    @Test
    void givesACleanSourceOne() {
        Tally tally = new Tally();
        tally.lines = 600;

        assertThat(QualityScores.of(tally, 0, 0).mean()).isEqualTo(1);
    }

    @Test
    void takesFromEachDimensionWhatIsItsOwn() {
        Tally tally = new Tally();
        tally.lines = 80;
        tally.gaps = 20;
        tally.outOfRange = 8;
        tally.duplicates = 4;
        tally.unknown = 20;
        tally.late = 40;

        QualityScores scores = QualityScores.of(tally, 0.2, 120);

        assertThat(scores.completeness()).isEqualTo(0.8);
        assertThat(scores.accuracy()).isEqualTo(0.9);
        assertThat(scores.consistency()).as("16 of the 20 unknown are usual").isEqualTo(0.9);
        assertThat(scores.timeliness())
                .as("half are late, all are two minutes behind")
                .isEqualTo(0.25);
        assertThat(scores.mean()).isCloseTo(0.7125, within(1e-12));
    }

    @Property
    void staysBetweenZeroAndOne(
            @ForAll @IntRange(max = 1_000) int lines,
            @ForAll @IntRange(max = 5_000) int bad,
            @ForAll @DoubleRange(max = 1) double usual,
            @ForAll @DoubleRange(min = -1e9, max = 1e9) double off) {
        QualityScores scores = QualityScores.of(tally(lines, bad), usual, off);

        assertThat(List.of(
                        scores.completeness(),
                        scores.accuracy(),
                        scores.consistency(),
                        scores.timeliness(),
                        scores.mean()))
                .allMatch(score -> score >= 0 && score <= 1);
    }

    @Property
    void neverGrowsWithWhatIsBad(
            @ForAll @IntRange(min = 1, max = 1_000) int lines,
            @ForAll @IntRange(max = 1_000) int bad,
            @ForAll @IntRange(max = 1_000) int more) {
        double less = QualityScores.of(tally(lines, bad), 0, 0).mean();

        assertThat(QualityScores.of(tally(lines, bad + more), 0, 0).mean()).isLessThanOrEqualTo(less);
    }

    private static Tally tally(int lines, int bad) {
        Tally tally = new Tally();
        tally.lines = lines;
        tally.gaps = bad;
        tally.truncated = bad;
        tally.outOfRange = bad;
        tally.damaged = bad;
        tally.duplicates = bad;
        tally.outOfOrder = bad;
        tally.unitDrifts = bad;
        tally.unknown = bad;
        tally.late = bad;
        return tally;
    }
}
