package io.faultline.cli;

import io.faultline.collect.parse.LineParser;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.lint.LintProblem;
import io.faultline.detect.match.lint.RuleLint;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules lint}: what is wrong with rules that are written as they must be, or will be regretted. */
@Command(
        name = "lint",
        description = {
            "Checks rules beyond their schema: one line a problem, as file:line: code: text.",
            "docs/LINT.md has an example of each code."
        },
        footer = {
            "",
            "Example:",
            "  faultline rules lint                            the shipped rules",
            "  faultline rules lint my-rules --strict",
            "",
            "Exit code: 1 when there is an error; with --strict when there is anything."
        })
final class RulesLintCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Directories of rules; the shipped ones without any.")
    private List<Path> directories = List.of();

    @Option(names = "--strict", description = "Exit with 1 for warnings too.")
    private boolean strict;

    @Option(names = "--parsers", paramLabel = "PATH", description = "Know the formats of parser files; may come again.")
    private List<Path> parsers = List.of();

    private final Supplier<LogReader> logs;

    RulesLintCommand(Supplier<LogReader> logs) {
        this.logs = logs;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        RuleFolder.check(directories, problems);
        ParseSettings parse = new ParseSettings(ZoneOffset.UTC, ParseSettings.parsersOf(parsers, problems));
        problems.throwIfAny("the arguments of rules lint");
        Problems stories = new Problems();
        List<RuleFolder> folders = RuleFolder.read(directories, new StoryLogs(logs, parse), stories);

        PrintWriter out = spec.commandLine().getOut();
        stories.all().forEach(problem -> out.println(problem.replaceFirst(":(\\d+): ", ":$1: schema: ")));
        int errors = stories.all().size();
        int warnings = 0;
        int rules = 0;
        for (RuleFolder folder : folders) {
            for (LintProblem problem : lint(folder, parse)) {
                out.println(problem);
                errors += problem.isError() ? 1 : 0;
                warnings += problem.isError() ? 0 : 1;
            }
            rules += folder.rules().size();
        }
        spec.commandLine().getErr().println(rules + " rules, " + errors + " errors, " + warnings + " warnings");
        return errors > 0 || (strict && warnings > 0) ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private List<LintProblem> lint(RuleFolder folder, ParseSettings parse) {
        Set<String> formats = new HashSet<>(new LineParser(parse).formats());
        formats.add(LineParser.UNKNOWN_FORMAT);
        return new RuleLint(formats, directories.isEmpty() ? Set.of() : beside(folder))
                .lint(folder.rules(), folder.stories());
    }

    /** The ids of the shipped rules, which run beside those of the folder; what the folder holds unchanged is the same rule. */
    private static Set<String> beside(RuleFolder folder) {
        Set<String> own = folder.rules().stream().map(RuleFile::text).collect(Collectors.toSet());
        return RuleSet.shippedFiles().stream()
                .filter(file -> !own.contains(file.text()))
                .map(RuleFile::stem)
                .collect(Collectors.toSet());
    }
}
