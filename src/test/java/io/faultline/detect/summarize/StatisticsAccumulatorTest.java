package io.faultline.detect.summarize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.faultline.model.Entity;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatisticsAccumulatorTest {

    private static final SeriesKey SERIES = new SeriesKey(Entity.ofJob("train-llm"), "loss");

    @Test
    void knowsASmallWindowExactly() {
        WindowStatistics window = of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));

        assertThat(window.count()).isEqualTo(8);
        assertThat(window.mean()).isEqualTo(5);
        assertThat(window.deviation()).isEqualTo(2);
        assertThat(List.of(window.min(), window.p50(), window.p90(), window.p99(), window.max()))
                .containsExactly(2.0, 4.0, 9.0, 9.0, 9.0);
    }

    @Test
    void keepsTheDigitsOfLargeNumbersThatLieCloseTogether() {
        assertThat(of(List.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16)).deviation())
                .isCloseTo(Math.sqrt(22.5), within(1e-6));
    }

    @Test
    void knowsTheQuantilesOfALargeWindowWithinOnePercent() {
        WindowStatistics window = of(IntStream.range(0, 100_000)
                .mapToObj(i -> (double) (i * 7919L % 100_000))
                .toList());

        assertThat(window.count()).isEqualTo(100_000);
        assertThat(window.p50()).isCloseTo(50_000, within(1_000.0));
        assertThat(window.p90()).isCloseTo(90_000, within(1_000.0));
        assertThat(window.p99()).isCloseTo(99_000, within(1_000.0));
    }

    @Property(tries = 200)
    void mergesInAnyGrouping(
            @ForAll @Size(max = 400) List<@DoubleRange(min = -1e6, max = 1e6) Double> a,
            @ForAll @Size(max = 40) List<@DoubleRange(min = -1e6, max = 1e6) Double> b,
            @ForAll @Size(min = 1, max = 40) List<@DoubleRange(min = -1e6, max = 1e6) Double> c) {
        WindowStatistics left = statistics(fold(a).merge(fold(b)).merge(fold(c)));
        WindowStatistics right = statistics(fold(a).merge(fold(b).merge(fold(c))));

        assertThat(left.count()).isEqualTo(right.count());
        assertThat(left.min()).isEqualTo(right.min());
        assertThat(left.max()).isEqualTo(right.max());
        assertThat(left.mean()).isCloseTo(right.mean(), within(1e-4));
        assertThat(left.deviation()).isCloseTo(right.deviation(), within(1e-3));
    }

    @Property(tries = 200)
    void ordersItsQuantiles(@ForAll @Size(min = 1, max = 600) List<@DoubleRange(min = -1e6, max = 1e6) Double> values) {
        WindowStatistics window = of(values);

        assertThat(List.of(window.min(), window.p50(), window.p90(), window.p99(), window.max()))
                .isSorted();
    }

    private static WindowStatistics of(List<Double> values) {
        return statistics(fold(values));
    }

    private static StatisticsAccumulator fold(List<Double> values) {
        StatisticsAccumulator accumulator = new StatisticsAccumulator();
        values.forEach(accumulator::add);
        return accumulator;
    }

    private static WindowStatistics statistics(StatisticsAccumulator accumulator) {
        return accumulator.statistics(SERIES, Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
    }
}
