package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.RuleTrial;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.Alert;
import io.faultline.model.LogEvent;
import io.faultline.settings.Durations;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rules explain}: why a rule did or did not fire. */
@Command(
        name = "explain",
        description = {
            "Tells why rules fired or did not: for each event of a line or a time, which part of which condition holds, with the"
                    + " numbers that decided; then for each group what it came to over all of the logs.",
            "Without --line and --at only the latter. Steps are followed in their order; contiguity and skip are not looked at."
        },
        footer = {
            "",
            "Example:",
            "  faultline simulate --out target/cluster",
            "  faultline rules explain --logs target/cluster/*.log --rule loss-nan",
            "  faultline rules explain --logs target/cluster/*.log --at 2026-03-01T10:05:00Z --around 10s",
            "  faultline rules explain --logs target/cluster/train-llm.log --line target/cluster/train-llm.log:42"
        })
final class RulesExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--logs",
            paramLabel = "FILE",
            arity = "1..*",
            required = true,
            description = "Log files, also .gz and .zst; - is standard input.")
    private List<Path> files = List.of();

    @Mixin
    private final RuleChoice choice = new RuleChoice();

    @Option(names = "--line", paramLabel = "FILE:N", description = "The event of this line.")
    private @Nullable String line;

    @Option(names = "--at", paramLabel = "TIME", description = "The events of this time, as 2026-03-01T10:05:00Z.")
    private @Nullable String at;

    @Option(names = "--around", paramLabel = "TIME", description = "How far before and after --at (default: 1s).")
    private String around = "1s";

    @Option(names = "--group", paramLabel = "GROUP", description = "Only this group, as job=train-llm.")
    private @Nullable String group;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    private final Supplier<LogReader> logs;
    private final CliTerminal terminal;

    RulesExplainCommand(Supplier<LogReader> logs, CliTerminal terminal) {
        this.logs = logs;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Problems problems = new Problems();
        InputFiles.check(files, problems);
        ParseSettings parse = reading.settings(problems);
        Instant time = at == null ? null : time(at, problems);
        Duration distance = distance(problems);
        int colon = line == null ? 0 : line.lastIndexOf(':');
        if (line != null && (colon < 1 || !line.substring(colon + 1).matches("\\d{1,15}"))) {
            problems.add("--line", "\"" + line + "\" is not a file and a line as train.log:42");
        }
        RuleSet rules = choice.chosen(problems);
        problems.throwIfAny("the arguments of rules explain");

        List<LogEvent> events = read(parse);
        List<LogEvent> asked = List.of();
        if (line != null) {
            asked = at(events, line.substring(0, colon), Long.parseLong(line.substring(colon + 1)));
        } else if (time != null) {
            asked = events.stream()
                    .filter(event ->
                            Duration.between(time, event.timestamp()).abs().compareTo(distance) <= 0)
                    .toList();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (asked.isEmpty() && (line != null || time != null)) {
            out.println("there is no event " + (line != null ? "in line " + line : "at " + at));
        }
        RuleExplanationText text = new RuleExplanationText(rules, choice.isNamed(), group == null ? "" : group, out);
        asked.forEach(text::event);
        text.groups(events, alerts(rules, events), asked);
        out.flush();
        return ExitCode.OK;
    }

    private List<LogEvent> read(ParseSettings parse) {
        List<LogEvent> events = new ArrayList<>();
        try (ProgressLine progress = ProgressLine.over("Reading", files, terminal.progress() && reading.progress())) {
            logs.get().read(files, parse, progress, events::add, rejected -> {});
        }
        events.sort(Comparator.comparing(LogEvent::timestamp));
        return events;
    }

    private static List<Alert> alerts(RuleSet rules, List<LogEvent> events) throws Exception {
        RuleTrial trial = new RuleTrial(rules);
        events.forEach(trial::add);
        return trial.runToTheEnd(Duration.ZERO).alerts();
    }

    /** The events of the record that a line is in: it begins there or some lines before. */
    private static List<LogEvent> at(List<LogEvent> events, String file, long number) {
        long begin = events.stream()
                .filter(event -> event.origin().name().equals(file))
                .mapToLong(event -> event.origin().position())
                .filter(position -> position <= number)
                .max()
                .orElse(-1);
        return events.stream()
                .filter(event ->
                        event.origin().name().equals(file) && event.origin().position() == begin)
                .toList();
    }

    private Duration distance(Problems problems) {
        try {
            return Durations.parse(around);
        } catch (DateTimeException | IllegalArgumentException e) {
            problems.add("--around", "\"" + around + "\" is not a duration as 30s or 10m");
            return Duration.ZERO;
        }
    }

    static Instant time(String text, Problems problems) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            problems.add("a time", "\"" + text + "\" is not one as 2026-03-01T10:05:00Z");
            return Instant.EPOCH;
        }
    }
}
