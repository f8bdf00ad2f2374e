package io.faultline.cli;

import io.faultline.cli.report.ReportData;
import io.faultline.cli.report.ReportSeries;
import io.faultline.model.Incident;
import io.faultline.settings.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** From what a run found to what its report shows. */
final class Reports {

    private Reports() {}

    static ReportData of(String title, RunSummary summary) {
        return new ReportData(
                title,
                summary.from(),
                summary.to(),
                new ReportData.Totals(
                        summary.files(), summary.lines(), summary.events(), summary.alerts(), summary.took()),
                worstFirst(summary.incidents()),
                ReportSeries.of(summary.statistics()),
                summary.rejected());
    }

    /** The most severe first; among equals the surest cause first, then the earliest. */
    static List<Incident> worstFirst(List<Incident> incidents) {
        return incidents.stream()
                .sorted(Comparator.comparing(Incident::severity)
                        .thenComparing(incident -> incident.cause().confidence())
                        .reversed()
                        .thenComparing(Incident::startedAt)
                        .thenComparing(Incident::id))
                .toList();
    }

    /** Tells where a file can not be written, before the work is done and lost. */
    static void checkTarget(String option, Path file, Problems problems) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (Files.isDirectory(file)) {
            problems.add(option, file + " is a directory, not a file to write");
        } else if (folder != null && Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            problems.add(option, folder + " is no directory that can be written to");
        }
    }
}
