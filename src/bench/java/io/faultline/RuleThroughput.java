package io.faultline;

import com.sun.management.OperatingSystemMXBean;
import io.faultline.cli.RunListener;
import io.faultline.cli.RunSummary;
import io.faultline.cli.ScanRequest;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.detect.match.rule.RuleSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How much of its throughput the whole job keeps with the shipped rules: the same simulated files with all of them and with
 * none, in turns, in one JVM, with parallelism 1. Arguments: minutes of a cluster's logs (by default 240), rounds (5). The first round
 * warms up and does not count; nor does the start of the cluster, which a run over one small file tells.
 */
public final class RuleThroughput {

    private static final OperatingSystemMXBean MACHINE =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private static final List<String> ALL = RuleSet.shippedIds();

    private final List<Path> files;
    private final List<Path> few;

    private RuleThroughput(Path directory, int minutes) throws IOException {
        Simulation.write(SimulationSettings.defaults().withMinutes(minutes), directory);
        try (var written = Files.list(directory)) {
            files = written.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
        few = List.of(Files.writeString(directory.resolve("few.log"), "a line\n"));
    }

    /** What a run took, in nanoseconds. */
    private record Cost(long lines, long wall, long cpu) {

        Cost minus(Cost start) {
            return new Cost(lines, wall - start.wall, cpu - start.cpu);
        }

        Cost and(Cost other) {
            return new Cost(lines + other.lines, wall + other.wall, cpu + other.cpu);
        }

        double linesPerSecond() {
            return lines * 1e9 / wall;
        }

        double linesPerCpuSecond() {
            return lines * 1e9 / cpu;
        }
    }

    private static Cost run(List<Path> files, List<String> disabled) {
        SettingsTree tree = new SettingsTree()
                .put("collect.source.files.paths", files.stream().map(Path::toString).toList())
                .put("detect.match.disabled", disabled);
        JobSettings settings = JobSettings.read("the benchmark", tree.tree(), Map.of());
        long wall = System.nanoTime();
        long cpu = MACHINE.getProcessCpuTime();
        RunSummary summary = new EmbeddedJob()
                .runBounded(new ScanRequest(files, null, 1, ZoneOffset.UTC), settings, RunListener.NONE);
        return new Cost(summary.lines(), System.nanoTime() - wall, MACHINE.getProcessCpuTime() - cpu);
    }

    private void compare(int rounds) {
        System.out.printf(
                "%d rules, load %.1f%n%-8s %10s %12s %12s%n",
                ALL.size(), MACHINE.getSystemLoadAverage(), "rules", "lines", "lines/s", "lines/cpu-s");
        Cost with = new Cost(0, 0, 0);
        Cost without = new Cost(0, 0, 0);
        for (int round = 0; round <= rounds; round++) {
            Cost none = print("none", run(files, ALL).minus(run(few, ALL)));
            Cost all = print("all", run(files, List.of()).minus(run(few, List.of())));
            without = round == 0 ? without : without.and(none);
            with = round == 0 ? with : with.and(all);
        }
        print("none", without);
        print("all", with);
        System.out.printf(
                Locale.ROOT,
                "with all rules: %.2f of the lines a second, %.2f of the lines a CPU second; load %.1f%n",
                with.linesPerSecond() / without.linesPerSecond(),
                with.linesPerCpuSecond() / without.linesPerCpuSecond(),
                MACHINE.getSystemLoadAverage());
    }

    private static Cost print(String rules, Cost cost) {
        System.out.printf(
                Locale.ROOT,
                "%-8s %10d %12.0f %12.0f%n",
                rules,
                cost.lines,
                cost.linesPerSecond(),
                cost.linesPerCpuSecond());
        return cost;
    }

    public static void main(String[] arguments) throws IOException {
        List<Integer> numbers = new ArrayList<>(List.of(240, 5));
        for (int i = 0; i < arguments.length; i++) {
            numbers.set(i, Integer.valueOf(arguments[i]));
        }
        Path directory = Files.createTempDirectory("faultline-bench");
        try {
            new RuleThroughput(directory, numbers.get(0)).compare(numbers.get(1));
        } finally {
            try (var written = Files.list(directory)) {
                for (Path file : written.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(directory);
        }
    }
}
