package io.faultline.detect.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class SummarizeFunctionTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void summarizesEachSeriesAWindowAndLeavesNoState() throws Exception {
        try (var harness = harness()) {
            for (int second = 0; second < 120; second += 10) {
                harness.processElement(
                        sample("loss", second), START.plusSeconds(second).toEpochMilli());
                harness.processElement(
                        sample("grad_norm", second), START.plusSeconds(second).toEpochMilli());
            }
            assertThat(harness.numKeyedStateEntries()).isPositive();

            harness.processWatermark(START.plusSeconds(180).toEpochMilli());

            List<WindowStatistics> windows = harness.extractOutputValues();
            assertThat(windows).hasSize(4);
            assertThat(windows)
                    .filteredOn(window -> window.series().measure().equals("loss"))
                    .extracting(WindowStatistics::windowStart, WindowStatistics::count, WindowStatistics::mean)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(START, 6L, 25.0),
                            org.assertj.core.groups.Tuple.tuple(START.plusSeconds(60), 6L, 85.0));
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void putsSamplesThatComeTooLateAside() throws Exception {
        try (var harness = harness()) {
            harness.processWatermark(START.plusSeconds(60).toEpochMilli());
            harness.processElement(sample("loss", 30), START.plusSeconds(30).toEpochMilli());

            assertThat(harness.extractOutputValues()).isEmpty();
            assertThat(harness.getSideOutput(SummarizeFunction.LATE)).hasSize(1);
        }
    }

    @Test
    void takesOnlyFiniteNumbersOfKindsThatComeAgainAndAgain() {
        Measures measures = Measures.builder()
                .put("loss", Double.NaN)
                .put("grad_norm", Double.POSITIVE_INFINITY)
                .put("step", 400)
                .put("step_time_seconds", 9.5)
                .build();

        assertThat(samples(EventKind.TRAINING_STEP, measures))
                .containsExactly(new Sample(new SeriesKey(Entity.ofJob("train-llm"), "step_time_seconds"), 9.5));
        assertThat(samples(EventKind.PROCESS_EXIT, Measures.of("exit_code", 1))).isEmpty();
    }

    @Test
    void takesNoSampleOfWhatWasReadTwiceOrMayHaveHappenedAnyTimeInHours() {
        LogEvent event = event(EventKind.TRAINING_STEP, Measures.of("loss", 2.5));
        List<Sample> samples = new ArrayList<>();
        SampleFunction function = new SampleFunction();

        function.flatMap(event.marked(QualityMark.DUPLICATE), new ListCollector<>(samples));
        function.flatMap(event.marked(QualityMark.TIME_VAGUE), new ListCollector<>(samples));
        assertThat(samples).isEmpty();

        function.flatMap(event.marked(QualityMark.TIME_MISSING), new ListCollector<>(samples));
        assertThat(samples).extracting(Sample::value).containsExactly(2.5);
    }

    private static List<Sample> samples(EventKind kind, Measures measures) {
        List<Sample> samples = new ArrayList<>();
        SeriesSamples.of(event(kind, measures), samples::add);
        return samples;
    }

    private static LogEvent event(EventKind kind, Measures measures) {
        Entity entity = Entity.ofJob("train-llm").with(Entity.Level.RANK, "3").with(Entity.Level.NODE, "gpu-a1");
        return new LogEvent(
                START, START, 9, "", "", "megatron", kind, entity, measures, Attributes.NONE, "", 0, Origin.stdin(1));
    }

    private static Sample sample(String measure, double value) {
        return new Sample(new SeriesKey(Entity.ofJob("train-llm"), measure), value);
    }

    /** The operator as the topology builds it. */
    @SuppressWarnings("unchecked")
    private static KeyedOneInputStreamOperatorTestHarness<SeriesKey, Sample, WindowStatistics> harness()
            throws Exception {
        var environment = StreamExecutionEnvironment.getExecutionEnvironment();
        environment.getConfig().getSerializerConfig().setGenericTypes(false);
        var stream = environment
                .fromData(TypeInformation.of(Sample.class), sample("loss", 1))
                .keyBy(Sample::series)
                .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
                .sideOutputLateData(SummarizeFunction.LATE)
                .aggregate(new StatisticsAggregator(), new SummarizeFunction());
        var operator = (OneInputStreamOperator<Sample, WindowStatistics>)
                ((OneInputTransformation<?, ?>) stream.getTransformation()).getOperator();
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                operator, Sample::series, TypeInformation.of(SeriesKey.class));
        harness.open();
        return harness;
    }
}
