package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.settings.Problems;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules backtest}: what rules would have found. */
@Command(
        name = "backtest",
        description = {
            "Tells what rules would have found in logs: each alert, and how many a rule, day and entity. With --against also which of"
                    + " them only one of two versions finds: - the first, + the second, = both.",
            "It is the job's own code in one thread, without a cluster; templates are not mined and sources not judged. Two findings"
                    + " are the same where rule and group are, and they begin no further apart than the rule's suppress.",
            "An alert is found again by the options in its alert.replay: the logs of its evidence up to these lines and that time."
        },
        footer = {
            "",
            "Example:",
            "  faultline simulate --out target/cluster",
            "  faultline rules backtest --logs target/cluster/*.log",
            "  faultline rules backtest --rules my-rules --against my-new-rules --logs target/cluster/*.log --json",
            "  faultline rules backtest --rule loss-nan --origins target/cluster/train-moe.log:348 --until 2026-03-01T11:00:00Z"
        })
final class RulesBacktestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final RuleChoice choice = new RuleChoice();

    @Option(names = "--against", paramLabel = "DIR", description = "A second version of the rules.")
    private @Nullable Path against;

    @Option(
            names = "--logs",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Log files, also .gz and .zst; - is standard input.")
    private List<Path> files = List.of();

    @Option(
            names = "--origins",
            paramLabel = "FILE:N",
            split = ",",
            description = "These files, each up to the last of these lines.")
    private List<String> origins = List.of();

    @Option(names = "--until", paramLabel = "TIME", description = "Let time run to here only.")
    private @Nullable String until;

    @Option(names = "--json", description = "Print one alert a line as it would be stored, then a summary.")
    private boolean json;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    private final Supplier<LogReader> logs;
    private final CliTerminal terminal;

    RulesBacktestCommand(Supplier<LogReader> logs, CliTerminal terminal) {
        this.logs = logs;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Problems problems = new Problems();
        Map<String, Long> last = last(problems);
        List<Path> all = new ArrayList<>(files);
        last.keySet().stream()
                .map(Path::of)
                .filter(file -> !files.contains(file))
                .forEach(all::add);
        if (all.isEmpty()) {
            problems.add("--logs", "is missing; name log files, or --origins");
        }
        InputFiles.check(all, problems);
        ParseSettings parse = reading.settings(problems);
        Instant end = until == null ? null : RulesExplainCommand.time(until, problems);
        RuleSet rules = choice.all(choice.directory(), problems);
        RuleSet others = against == null ? null : choice.all(against, problems);
        problems.throwIfAny("the arguments of rules backtest");

        Backtest backtest = new Backtest(rules, others, end);
        long rejected = read(all, parse, last, backtest);
        AlertDifference difference = AlertDifference.of(chosen(backtest.first()), chosen(backtest.second()), rules);
        BacktestReport report = new BacktestReport(
                difference, backtest, others != null, spec.commandLine().getOut());
        if (json) {
            report.json();
        } else {
            report.text();
        }
        return reading.strict() && rejected > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private long read(List<Path> all, ParseSettings parse, Map<String, Long> last, Backtest backtest) {
        long[] rejected = {0};
        try (ProgressLine progress = ProgressLine.over("Reading", all, terminal.progress() && reading.progress())) {
            logs.get()
                    .read(
                            all,
                            parse,
                            progress,
                            event -> {
                                if (isWanted(event, last)) {
                                    backtest.add(event);
                                }
                            },
                            reject -> rejected[0]++);
        }
        return rejected[0];
    }

    private static boolean isWanted(LogEvent event, Map<String, Long> last) {
        Origin origin = event.origin();
        return origin.position() <= last.getOrDefault(origin.name(), Long.MAX_VALUE);
    }

    /** All rules run, since one may wait for the alerts of another; only what the chosen ones find is told. */
    private List<Alert> chosen(List<Alert> alerts) {
        return alerts.stream().filter(alert -> choice.isChosen(alert.rule())).toList();
    }

    /** The last line that is wanted of each file. */
    private Map<String, Long> last(Problems problems) {
        Map<String, Long> last = new LinkedHashMap<>();
        for (String written : origins) {
            Origin origin = Origin.parse(written);
            if (origin == null || origin.type() != Origin.Type.FILE) {
                problems.add("--origins", "\"" + written + "\" is not a file and a line as train.log:42");
            } else {
                last.merge(origin.name(), origin.position(), Math::max);
            }
        }
        return last;
    }
}
