package io.faultline.cli;

import io.faultline.cli.report.RejectedCount;
import io.faultline.model.Incident;
import io.faultline.model.NearMiss;
import io.faultline.model.WindowStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bounded run found.
 *
 * @param files how many files were read
 * @param lines how many lines (records of a Kafka topic) were read
 * @param events how many events came of them
 * @param alerts how many alerts were raised
 * @param from the time of the first event; null where there was none
 * @param to the time of the last event; null where there was none
 * @param took how long it took, start of the cluster included
 * @param incidents the last revision of each incident, in any order
 * @param nearMisses what rules nearly told, as far as it is kept
 * @param statistics the windows of the measures that the report draws, in any order
 * @param rejected what could not be used
 */
public record RunSummary(
        int files,
        long lines,
        long events,
        long alerts,
        @Nullable Instant from,
        @Nullable Instant to,
        Duration took,
        List<Incident> incidents,
        List<NearMiss> nearMisses,
        List<WindowStatistics> statistics,
        List<RejectedCount> rejected) {

    public RunSummary {
        incidents = List.copyOf(incidents);
        nearMisses = List.copyOf(nearMisses);
        statistics = List.copyOf(statistics);
        rejected = List.copyOf(rejected);
    }

    public long rejectedTotal() {
        return rejected.stream().mapToLong(RejectedCount::count).sum();
    }

    public double linesPerSecond() {
        return lines / Math.max(0.001, took.toMillis() / 1000.0);
    }
}
