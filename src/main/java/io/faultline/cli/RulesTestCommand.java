package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.story.Story;
import io.faultline.detect.match.story.StoryTrial;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rules test}: the stories of rules. */
@Command(
        name = "test",
        description = {
            "Tells stories to rules: events or log lines in time, and the alerts that must come, no more and no less.",
            "The stories of DIR/RULE.yaml are in DIR/stories/RULE.yaml. Each story is told to all rules of its directory, through"
                    + " the job's own code with virtual time; windows' statistics and anomalies are computed too."
        },
        footer = {
            "",
            "Example:",
            "  faultline rules test                            the shipped rules",
            "  faultline rules test my-rules --junit target/rules.xml",
            "",
            "Exit code: 1 when a story failed."
        })
final class RulesTestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Directories of rules; the shipped ones without any.")
    private List<Path> directories = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit's XML too.")
    private @Nullable Path junit;

    @Option(names = "--parsers", paramLabel = "PATH", description = "Use parser files for log lines; may come again.")
    private List<Path> parsers = List.of();

    private final Supplier<LogReader> logs;

    RulesTestCommand(Supplier<LogReader> logs) {
        this.logs = logs;
    }

    @Override
    public Integer call() throws Exception {
        Problems problems = new Problems();
        RuleFolder.check(directories, problems);
        if (junit != null) {
            Reports.checkTarget("--junit", junit, problems);
        }
        ParseSettings parse = new ParseSettings(ZoneOffset.UTC, ParseSettings.parsersOf(parsers, problems));
        problems.throwIfAny("the arguments of rules test");
        List<RuleFolder> folders = RuleFolder.read(directories, new StoryLogs(logs, parse), problems);
        List<RuleSet> rules = new ArrayList<>();
        for (RuleFolder folder : folders) {
            rules.add(RuleSet.of(folder.name(), folder.rules()));
            checkRules(folder, problems);
        }
        problems.throwIfAny("the stories");
        List<StoryTrial.Result> results = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            StoryTrial trial = new StoryTrial(rules.get(i));
            for (Story story : folders.get(i).stories()) {
                results.add(tell(trial, story));
            }
        }
        return ending(results);
    }

    /** Tells stories whose rule is not there. */
    private static void checkRules(RuleFolder folder, Problems problems) {
        Set<String> ids = folder.rules().stream().map(RuleFile::stem).collect(Collectors.toSet());
        for (Story story : folder.stories()) {
            if (!ids.contains(story.rule())) {
                problems.add(story.place(), "there is no such rule" + NearestWord.hint(story.rule(), ids));
            }
        }
    }

    private StoryTrial.Result tell(StoryTrial trial, Story story) throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        StoryTrial.Result result = trial.run(story);
        out.println((result.passed() ? "passed  " : "FAILED  ") + story.place() + "  " + story.rule() + ": "
                + story.title());
        result.differences().forEach(difference -> out.println("        " + difference));
        return result;
    }

    private int ending(List<StoryTrial.Result> results) throws IOException {
        long failed = results.stream().filter(result -> !result.passed()).count();
        spec.commandLine().getOut().println(results.size() - failed + " passed, " + failed + " failed");
        if (junit != null) {
            List<JunitXml.Case> cases = results.stream()
                    .map(result -> new JunitXml.Case(
                            result.story().rule(),
                            result.story().title(),
                            result.differences(),
                            result.story().place()))
                    .toList();
            JunitXml.write(junit, "faultline rules", cases);
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
