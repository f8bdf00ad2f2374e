package io.faultline.cli.report;

import io.faultline.model.Entity;
import io.faultline.model.Incident;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One chart: a measure of one job, or of all replicas of one service.
 *
 * @param group what it stands under: the job or the service
 * @param title the measure as people say it
 * @param unit of the axis; {@code %} means that values are ratios
 * @param lines one a series, thinned and with gaps marked
 * @param incidents the positions, in the report's list, of the incidents that concern the group
 */
record Chart(String group, String title, String unit, List<Line> lines, List<Integer> incidents) {

    /** One line of the chart; the same name has the same colour (0, 1, …) in all charts of a group. */
    record Line(String name, int colour, boolean dashed, List<ReportSeries.Point> points) {}

    /** What {@link Measure#RUNNING} and {@link Measure#WAITING} are drawn as, in one chart: one explains the other. */
    private static final String REQUESTS = "Requests running, waiting (dashed)";

    /** The charts of all groups: training jobs first, measures in the order of {@link Measure}. */
    static List<Chart> of(List<ReportSeries> series, List<Incident> incidents) {
        Map<Measure.Scope, Map<String, List<ReportSeries>>> groups = new TreeMap<>();
        for (ReportSeries one : series) {
            Measure.ofId(one.measure())
                    .filter(measure -> one.points().stream().anyMatch(point -> Double.isFinite(point.value())))
                    .ifPresent(measure -> groups.computeIfAbsent(measure.scope(), scope -> new TreeMap<>())
                            .computeIfAbsent(groupOf(one), name -> new ArrayList<>())
                            .add(one));
        }
        List<Chart> charts = new ArrayList<>();
        groups.values()
                .forEach(
                        byName -> byName.forEach((group, ofGroup) -> charts.addAll(charts(group, ofGroup, incidents))));
        return charts;
    }

    private static List<Chart> charts(String group, List<ReportSeries> series, List<Incident> incidents) {
        List<String> names = List.copyOf(
                new TreeSet<>(series.stream().map(ReportSeries::name).toList()));
        List<Integer> concerned = new ArrayList<>();
        for (int i = 0; i < incidents.size(); i++) {
            if (concerns(incidents.get(i), series)) {
                concerned.add(i);
            }
        }
        Map<String, List<Line>> lines = new LinkedHashMap<>();
        Map<String, String> units = new LinkedHashMap<>();
        series.stream()
                .sorted(Comparator.comparing(Chart::measureOf).thenComparing(ReportSeries::name))
                .forEach(one -> {
                    Measure measure = measureOf(one);
                    boolean requests = measure == Measure.RUNNING || measure == Measure.WAITING;
                    String title = requests ? REQUESTS : measure.title();
                    units.put(title, measure.unit());
                    lines.computeIfAbsent(title, key -> new ArrayList<>())
                            .add(new Line(
                                    one.name(),
                                    names.indexOf(one.name()),
                                    measure == Measure.WAITING,
                                    Thinning.thin(Gaps.marked(one.points()), Thinning.MAX_POINTS)));
                });
        List<Chart> charts = new ArrayList<>();
        lines.forEach((title, ofTitle) ->
                charts.add(new Chart(group, title, units.getOrDefault(title, ""), ofTitle, concerned)));
        return charts;
    }

    private static Measure measureOf(ReportSeries series) {
        return Measure.ofId(series.measure()).orElseThrow();
    }

    private static String groupOf(ReportSeries series) {
        Entity entity = series.entity();
        return Optional.ofNullable(entity.job())
                .or(() -> Optional.ofNullable(entity.service()))
                .orElse(series.name());
    }

    /** Whether an incident is about the job, service or replica of the series; one that is about none is about all. */
    private static boolean concerns(Incident incident, List<ReportSeries> series) {
        List<Entity> known = incident.entities().stream()
                .filter(entity -> entity.job() != null || entity.service() != null || entity.replica() != null)
                .toList();
        return known.isEmpty()
                || known.stream().anyMatch(entity -> series.stream().anyMatch(one -> touches(entity, one.entity())));
    }

    private static boolean touches(Entity entity, Entity other) {
        return (entity.job() != null && Objects.equals(entity.job(), other.job()))
                || (entity.replica() != null && Objects.equals(entity.replica(), other.replica()))
                || (entity.replica() == null
                        && entity.service() != null
                        && Objects.equals(entity.service(), other.service()));
    }
}
