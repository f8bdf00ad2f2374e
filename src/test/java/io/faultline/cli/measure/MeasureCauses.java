package io.faultline.cli.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Measures the causes that the job names and writes the page; {@code bin/measure-causes} runs it. */
final class MeasureCauses {

    private static final String MEASURED = "## Measured\n\n";
    private static final int DAY = 1440;
    private static final int[] NODES = {16, 64, 128, 256};

    private MeasureCauses() {}

    /** @param args how many seeds, the page, and how many nodes the clusters have where not all sizes are wanted */
    public static void main(String[] args) throws Exception {
        int seeds = Integer.parseInt(args[0]);
        int[] sizes = args.length == 2
                ? NODES
                : Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray();
        CauseMeasurement measurement = new CauseMeasurement();
        for (int seed = 1; seed <= seeds; seed++) {
            for (int nodes : sizes) {
                for (List<String> plan : CauseMeasurement.PLANS) {
                    measurement.run(nodes, seed, plan);
                    System.err.println(
                            LocalTime.now(ZoneOffset.UTC) + " " + nodes * 4 + " ranks, seed " + seed + ", " + plan);
                }
            }
            measurement.runQuiet(sizes[0], seed, DAY);
            System.err.println("a quiet day, seed " + seed);
            Path page = Path.of(args[1]);
            // after each seed, since each takes its time
            Files.writeString(page, words(page) + MEASURED + page(measurement, seed));
        }
    }

    /** What a person wrote above the numbers. */
    private static String words(Path page) throws IOException {
        String text = Files.exists(page) ? Files.readString(page) : "";
        int end = text.indexOf(MEASURED.strip());
        return end < 0 ? text : text.substring(0, end);
    }

    private static String page(CauseMeasurement measurement, int seeds) throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                Written by `bin/measure-causes %d` on %s (%s, %d processors): simulated clusters whose large job has 64, 256, 512 and 1,024
                ranks on half of the nodes, seeds 1 to %d, %d plans of one to three faults each, 20 minutes of logs for each plan, and %d fault-free
                days. %,d lines in all, read by the whole job on an embedded Flink cluster with the simulation's inventory.

                *Entity right*: the incident's cause names what broke, and nothing else counts: node and PCI address of the GPU, node and
                rank that a collective waited for, the node whose link broke, the switch, the driver. *Class right*: data, model,
                environment or code, where the fault has a class. *Incidents per fault*: all incidents of the runs, false ones too, divided
                by the faults. Goals: 95 %%, 98 %%, 1.05, and none on a fault-free day. The simulator is ours, and the class of a fault of
                which no line tells the reason, as a job that stops without a word, is what the simulator says it is: these numbers compare
                versions, and say nothing of a cluster that fails in other ways.

                | measured | value | goal |
                |---|---|---|
                """,
                seeds,
                LocalDate.now(ZoneOffset.UTC),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                seeds,
                CauseMeasurement.PLANS.size(),
                measurement.quietMinutes() / DAY,
                measurement.lines()));
        CauseScore all = measurement.all();
        text.append(String.format(Locale.ROOT, "| faults | %d of %d kinds | |%n", all.faults(), kinds(measurement)))
                .append(String.format(Locale.ROOT, "| entity right | %.1f %% | 95 %% |%n", 100 * all.entityRight()))
                .append(String.format(Locale.ROOT, "| class right | %.1f %% | 98 %% |%n", 100 * all.categoryRight()))
                .append(String.format(Locale.ROOT, "| incidents per fault | %.3f | 1.05 |%n", all.incidentsPerFault()))
                .append(String.format(
                        Locale.ROOT,
                        "| incidents per fault-free day | %.2f | 0 |%n",
                        (double) measurement.quietIncidents() * DAY / measurement.quietMinutes()));
        text.append("\n| ranks | faults | entity right | class right | incidents per fault |\n|---|---|---|---|---|\n");
        measurement
                .bySize()
                .forEach((ranks, score) -> text.append(row(String.format(Locale.ROOT, "%,d", ranks), score)));
        text.append("\n| fault | faults | entity right | class right | incidents per fault |\n|---|---|---|---|---|\n");
        measurement.byFault().forEach((fault, score) -> text.append(row("`" + fault + "`", score)));
        return text.toString();
    }

    private static int kinds(CauseMeasurement measurement) {
        Map<String, CauseScore> byFault = measurement.byFault();
        return byFault.size();
    }

    private static String row(String name, CauseScore score) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f %% | %.1f %% | %.2f |%n",
                name,
                score.faults(),
                100 * score.entityRight(),
                100 * score.categoryRight(),
                score.incidentsPerFault());
    }

    /** What Linux says; another system's name elsewhere. */
    private static String processor() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        if (!Files.exists(cpus)) {
            return System.getProperty("os.arch", "unknown processor");
        }
        return Files.readAllLines(cpus).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch", "unknown processor"));
    }
}
