package io.faultline.detect.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.Level;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ScoreFunctionTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void tellsAnEpisodeOnceAtItsSecondOddWindow() throws Exception {
        List<Alert> alerts = score("step_time_seconds", steady(20, 10), List.of(10.2, 20.0, 20.0, 20.0, 20.0, 10.0));

        assertThat(alerts).hasSize(1);
        Alert alert = alerts.get(0);
        assertThat(alert.level()).isEqualTo(Level.LOW);
        assertThat(alert.startsAt()).isEqualTo(START.plusSeconds(21 * 60));
        assertThat(alert.detectedAt()).isEqualTo(START.plusSeconds(23 * 60));
        assertThat(alert.reason())
                .startsWith("step_time_seconds: observed 20.00, expected 10.")
                .endsWith("(3.00σ)");
        assertThat(alert.score()).isBetween(0.5, 1.0);
    }

    @Test
    void isSilentWhileItLearns() throws Exception {
        assertThat(score("step_time_seconds", steady(9, 10), List.of(20.0, 20.0, 20.0)))
                .isEmpty();
    }

    @Test
    void isSilentAboutASingleOddWindowAndAboutTheGoodDirection() throws Exception {
        assertThat(score("step_time_seconds", steady(20, 10), List.of(20.0, 10.0, 20.0, 10.0)))
                .isEmpty();
        assertThat(score("step_time_seconds", steady(20, 10), List.of(5.0, 5.0, 5.0)))
                .isEmpty();
        assertThat(score("tflops_per_gpu", steady(20, 150), List.of(60.0, 60.0)))
                .hasSize(1);
    }

    @Test
    void isSilentAboutTinyChangesOfAVerySteadySeries() throws Exception {
        assertThat(score("step_time_seconds", steady(60, 10), List.of(10.9, 10.9, 10.9)))
                .isEmpty();
    }

    @Test
    void getsUsedToANewLevel() throws Exception {
        List<Double> newLevel =
                DoubleStream.generate(() -> 20).limit(120).boxed().toList();
        List<Double> worse = new ArrayList<>(newLevel);
        worse.addAll(List.of(20.0, 60.0, 60.0));

        assertThat(score("step_time_seconds", steady(30, 10), newLevel)).hasSize(1);
        assertThat(score("step_time_seconds", steady(30, 10), worse)).hasSize(2);
    }

    @Test
    void isSilentForADayOfOrdinaryNoise() throws Exception {
        Random random = new Random(7);
        List<Double> day = DoubleStream.generate(() -> 10 + 0.4 * random.nextGaussian())
                .limit(1440)
                .boxed()
                .toList();

        assertThat(score("step_time_seconds", List.of(), day)).isEmpty();
    }

    @Test
    void doesNotScoreWhatFollowsDemandOrAPlan() throws Exception {
        assertThat(score("learning_rate", steady(20, 1e-4), List.of(1e-2, 1e-2, 1e-2)))
                .isEmpty();
        assertThat(score("running_requests", steady(20, 10), List.of(500.0, 500.0, 500.0)))
                .isEmpty();
    }

    @Test
    void forgetsEachSeriesThatFellSilentWhileOthersGoOn() throws Exception {
        ScoreSettings settings = ScoreSettings.defaults();
        try (var harness = harness()) {
            harness.open();
            for (int job = 0; job < 10_000; job++) {
                harness.processElement(window(job, 0), 0);
            }
            assertThat(harness.numKeyedStateEntries()).isEqualTo(10_000);

            harness.setStateTtlProcessingTime(settings.stateTtl().toMillis() + 1);
            for (int i = 1; i <= 5_000; i++) {
                harness.processElement(window(10_000, i), 0);
            }

            assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
        }
    }

    private static WindowStatistics window(int job, int index) {
        Instant start = START.plusSeconds(60L * index);
        SeriesKey series = new SeriesKey(Entity.ofJob("job-" + job), "step_time_seconds");
        return new WindowStatistics(series, start, start.plusSeconds(60), 6, 10, 0, 10, 10, 10, 10, 10);
    }

    private static List<Double> steady(int windows, double mean) {
        return DoubleStream.generate(() -> mean).limit(windows).boxed().toList();
    }

    private static List<Alert> score(String measure, List<Double> past, List<Double> now) throws Exception {
        SeriesKey series = new SeriesKey(Entity.ofJob("train-llm"), measure);
        List<Double> means = new ArrayList<>(past);
        means.addAll(now);
        try (var harness = harness()) {
            harness.open();
            for (int i = 0; i < means.size(); i++) {
                Instant start = START.plusSeconds(60L * i);
                double mean = means.get(i);
                harness.processElement(
                        new WindowStatistics(
                                series, start, start.plusSeconds(60), 6, mean, 0, mean, mean, mean, mean, mean),
                        start.toEpochMilli());
            }
            return harness.extractOutputValues();
        }
    }

    private static KeyedOneInputStreamOperatorTestHarness<SeriesKey, WindowStatistics, Alert> harness()
            throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ScoreFunction(ScoreSettings.defaults())),
                WindowStatistics::series,
                TypeInformation.of(SeriesKey.class));
        harness.getExecutionConfig().getSerializerConfig().setGenericTypes(false);
        return harness;
    }
}
