package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
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
            "Without --line and --at only the latter. Of a sequence that never fired it tells how far its partial matches came,"
                    + " through the job's own automaton, and which event came nearest to the step that was missing."
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
        Instant time = at == null ? null : TypedTimes.instant(at, problems);
        Duration distance = TypedTimes.duration("--around", around, "30s or 10m", problems);
        Origin place = line == null ? null : place(line, problems);
        RuleSet rules = choice.chosen(problems);
        problems.throwIfAny("the arguments of rules explain");

        List<LogEvent> events = read(parse);
        List<LogEvent> asked = List.of();
        if (place != null) {
            asked = at(events, place);
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
        RuleExplanationText text =
                new RuleExplanationText(rules, events, choice.isNamed(), group == null ? "" : group, out);
        asked.forEach(text::event);
        text.groups(asked);
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

    /** The events of the record that a line is in: it begins there or some lines before. */
    private static List<LogEvent> at(List<LogEvent> events, Origin place) {
        List<LogEvent> before = events.stream()
                .filter(event -> event.origin().name().equals(place.name()))
                .filter(event -> event.origin().position() <= place.position())
                .toList();
        long begin = before.stream()
                .mapToLong(event -> event.origin().position())
                .max()
                .orElse(-1);
        return before.stream()
                .filter(event -> event.origin().position() == begin)
                .toList();
    }

    private static @Nullable Origin place(String text, Problems problems) {
        Origin place = Origin.parse(text);
        if (place == null || place.type() == Origin.Type.KAFKA) {
            problems.add("--line", "\"" + text + "\" is not a file and a line as train.log:42");
        }
        return place;
    }
}
