package io.faultline.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.cli.report.ReportSeries.Point;
import io.faultline.model.Entity;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportSeriesTest {

    @Test
    void ordersTheWindowsOfASeriesByTime() {
        List<ReportSeries> series = ReportSeries.of(List.of(window("loss", 60, 1.5), window("loss", 0, 2.5)));

        assertThat(series).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("train-llm");
            assertThat(one.points()).containsExactly(new Point(0, 2.5), new Point(60_000, 1.5));
        });
    }

    @Test
    void leavesOutMeasuresThatNoChartShows() {
        assertThat(ReportSeries.of(List.of(window("consumed_samples", 0, 7)))).isEmpty();
    }

    @Test
    void breaksTheLineWhereTheSeriesWasSilent() {
        List<Point> points = List.of(point(0, 1), point(10, 1), point(20, 1), point(90, 1), point(100, 1));

        List<Point> marked = Gaps.marked(points);

        assertThat(marked).hasSize(6);
        assertThat(marked.get(3).epochMillis()).isEqualTo(30_000);
        assertThat(marked.get(3).value()).isNaN();
    }

    @Test
    void keepsTheOneSpikeOfALongSeries() {
        List<Point> points = new ArrayList<>(
                IntStream.range(0, 50_000).mapToObj(i -> point(i, 1)).toList());
        points.set(31_337, point(31_337, 999));

        List<Point> thin = Thinning.thin(points, 1000);

        assertThat(thin).hasSizeLessThanOrEqualTo(1000).contains(point(31_337, 999));
        assertThat(thin).isSortedAccordingTo((a, b) -> Long.compare(a.epochMillis(), b.epochMillis()));
    }

    @Test
    void keepsAGapOfALongSeries() {
        List<Point> points = new ArrayList<>(
                IntStream.range(0, 50_000).mapToObj(i -> point(i, i)).toList());
        points.set(20_000, point(20_000, Double.NaN));

        List<Point> thin = Thinning.thin(points, 1000);

        assertThat(thin)
                .filteredOn(point -> Double.isNaN(point.value()))
                .singleElement()
                .satisfies(gap -> assertThat(gap.epochMillis()).isEqualTo(20_000_000));
    }

    private static Point point(long second, double value) {
        return new Point(second * 1000, value);
    }

    private static WindowStatistics window(String measure, long second, double mean) {
        Instant start = Instant.ofEpochSecond(second);
        return new WindowStatistics(
                new SeriesKey(Entity.ofJob("train-llm"), measure),
                start,
                start.plusSeconds(60),
                3,
                mean,
                0,
                mean,
                mean,
                mean,
                mean,
                mean);
    }
}
