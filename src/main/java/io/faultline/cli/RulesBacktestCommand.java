package io.faultline.cli;

import io.faultline.detect.match.RuleTrial.Outcome;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.settings.Problems;
import java.nio.file.Path;
import java.time.Instant;
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
            "Tells what rules would have found in logs: each alert, how many a rule, day and entity, and what they nearly told. With"
                    + " --against also which alerts only one of two versions finds: - the first, + the second, = both.",
            "The logs are read by the job's own steps, the rules run in one thread. Two findings are the same where rule and group"
                    + " are, and they begin no further apart than the rule's suppress.",
            "An alert is found again by the options in its alert.replay: the logs of its evidence up to these places and that time."
        },
        footer = {
            "",
            "Example:",
            "  faultline simulate --out target/cluster",
            "  faultline rules backtest --logs target/cluster/*.log",
            "  faultline rules backtest --rules my-rules --against my-new-rules --logs target/cluster/*.log --json",
            "  faultline rules backtest --rule loss-nan --origins target/cluster/train-moe.log:348 --until 2026-03-01T11:00:00Z",
            "  faultline rules backtest --kafka localhost:9092 --topic logs --from 2026-03-01T00:00:00Z",
            "  faultline rules backtest --kafka localhost:9092 --rule loss-nan --origins logs/3@120044 --until 2026-03-01T11:00:00Z"
        })
final class RulesBacktestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final RuleChoice choice = new RuleChoice();

    @Option(names = "--against", paramLabel = "DIR", description = "A second version of the rules.")
    private @Nullable Path against;

    @Mixin
    private final BacktestInput input = new BacktestInput();

    @Option(names = "--until", paramLabel = "TIME", description = "Let time run to here only.")
    private @Nullable String until;

    @Option(names = "--json", description = "Print one alert a line as it would be stored, then a summary.")
    private boolean json;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    private final Supplier<JobRunner> jobs;
    private final CliTerminal terminal;

    RulesBacktestCommand(Supplier<JobRunner> jobs, CliTerminal terminal) {
        this.jobs = jobs;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Problems problems = new Problems();
        ReadRequest request = input.request(reading, problems);
        Instant end = until == null ? null : TypedTimes.instant(until, problems);
        RuleSet rules = choice.all(choice.directory(), problems);
        RuleSet others = against == null ? null : choice.all(against, problems);
        problems.throwIfAny("the arguments of rules backtest");

        Backtest backtest = new Backtest(rules, others, end);
        long rejected = read(request, backtest);
        // All rules run, since one may wait for the alerts of another; only what the chosen ones find is told.
        Outcome first = choice.chosen(backtest.first());
        AlertDifference difference = AlertDifference.of(
                first.alerts(), choice.chosen(backtest.second()).alerts(), rules);
        BacktestReport report = new BacktestReport(
                difference,
                NearMissCount.of(first.nearMisses()),
                backtest,
                others != null,
                spec.commandLine().getOut());
        if (json) {
            report.json();
        } else {
            report.text();
        }
        return reading.strict() && rejected > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private long read(ReadRequest request, Backtest backtest) {
        boolean shown = terminal.progress() && reading.progress();
        try (ProgressLine progress = ProgressLine.over("Reading", BacktestInput.sized(request), shown)) {
            return jobs.get().read(request, progress, event -> {
                if (input.isWanted(event)) {
                    backtest.add(event);
                }
            });
        }
    }
}
