package io.faultline.cli.report;

import io.faultline.model.Entity;
import io.faultline.model.WindowStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One line of a chart.
 *
 * @param name what the legend says
 * @param entity whose numbers
 * @param measure the measure's name
 * @param points in order of time
 */
public record ReportSeries(String name, Entity entity, String measure, List<Point> points) {

    /** The names of the measures the report draws; the others need not be kept for it. */
    public static final Set<String> MEASURES =
            java.util.Arrays.stream(Measure.values()).map(Measure::id).collect(Collectors.toUnmodifiableSet());

    public ReportSeries {
        points = List.copyOf(points);
    }

    /**
     * One value.
     *
     * @param epochMillis when
     * @param value NaN or infinite where the log wrote that; the line has a gap there
     */
    public record Point(long epochMillis, double value) {}

    /** The means of the windows, one series a key, of the measures that are drawn; the windows may come in any order. */
    public static List<ReportSeries> of(List<WindowStatistics> windows) {
        Map<io.faultline.model.SeriesKey, List<WindowStatistics>> bySeries = windows.stream()
                .filter(window -> MEASURES.contains(window.series().measure()))
                .sorted(Comparator.comparing(
                                (WindowStatistics window) -> window.series().toString())
                        .thenComparing(WindowStatistics::windowStart))
                .collect(Collectors.groupingBy(WindowStatistics::series, LinkedHashMap::new, Collectors.toList()));
        List<ReportSeries> series = new ArrayList<>();
        bySeries.forEach((key, ofKey) -> series.add(new ReportSeries(
                nameOf(key.entity()),
                key.entity(),
                key.measure(),
                ofKey.stream()
                        .map(window -> new Point(
                                window.windowStart().toEpochMilli(), window.count() == 0 ? Double.NaN : window.mean()))
                        .toList())));
        return series;
    }

    private static String nameOf(Entity entity) {
        for (String name : new String[] {entity.replica(), entity.job(), entity.service(), entity.node()}) {
            if (name != null) {
                return entity.rank() == null ? name : name + " rank " + entity.rank();
            }
        }
        return entity.toString();
    }
}
