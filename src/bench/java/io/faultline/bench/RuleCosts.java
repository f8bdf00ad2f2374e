package io.faultline.bench;

import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What rules cost, with the ratios that are promised: an event among 1,000 rules and among 10, and a condition interpreted and
 * compiled. Nanoseconds are those of the measuring thread's own processor time. Arguments are JMH's.
 */
public final class RuleCosts {

    private RuleCosts() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> select = run(SelectBenchmark.class, arguments);
        Collection<RunResult> condition = run(ConditionBenchmark.class, arguments);
        print(select, "file", result -> result.getParams().getParam("rules") + " rules", "1000 rules", "10 rules");
        print(condition, "condition", RuleCosts::method, "interpreted", "compiled");
        System.out.printf(
                Locale.ROOT,
                "load %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static Collection<RunResult> run(Class<?> benchmark, String[] arguments)
            throws RunnerException, CommandLineOptionException {
        return new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .include(benchmark.getName())
                        .addProfiler(CpuProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
    }

    private static String method(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void print(
            Collection<RunResult> results,
            String row,
            Function<RunResult, String> column,
            String dear,
            String cheap) {
        Map<String, Map<String, Double>> table = new TreeMap<>();
        for (RunResult result : results) {
            double perSecond = result.getSecondaryResults().get(CpuProfiler.RESULT).getScore();
            table.computeIfAbsent(result.getParams().getParam(row), key -> new TreeMap<>())
                    .put(column.apply(result), 1e9 / perSecond);
        }
        table.forEach((name, nanos) -> {
            System.out.println(name);
            nanos.forEach((what, value) -> System.out.printf(Locale.ROOT, "  %-12s %8.0f ns%n", what, value));
            System.out.printf(
                    Locale.ROOT, "  %s to %s: %.2f%n", dear, cheap, nanos.getOrDefault(dear, Double.NaN) / nanos.getOrDefault(cheap, Double.NaN));
        });
    }
}
