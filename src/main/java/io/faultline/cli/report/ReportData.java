package io.faultline.cli.report;

import io.faultline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the report shows.
 *
 * @param title one line for people
 * @param from the time of the first event; null where there was none
 * @param to the time of the last event; null where there was none
 * @param totals how much was read
 * @param incidents worst first
 * @param series the measures to draw
 * @param rejected what could not be used, the most frequent first
 */
public record ReportData(
        String title,
        @Nullable Instant from,
        @Nullable Instant to,
        Totals totals,
        List<Incident> incidents,
        List<ReportSeries> series,
        List<RejectedCount> rejected) {

    public ReportData {
        incidents = List.copyOf(incidents);
        series = List.copyOf(series);
        rejected = List.copyOf(rejected);
    }

    /**
     * How much was read.
     *
     * @param files how many files
     * @param lines how many lines
     * @param events how many events came of them
     * @param alerts how many alerts were raised
     * @param took how long the run took
     */
    public record Totals(int files, long lines, long events, long alerts, Duration took) {}
}
