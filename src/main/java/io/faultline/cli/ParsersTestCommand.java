package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.ParserTrial;
import io.faultline.collect.parse.user.ParserFile;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parsers test}: the tests that parser files bring. */
@Command(
        name = "test",
        description = "Runs the tests in parser files, with all other parsers beside them.",
        footer = {"", "Example:", "  faultline parsers test flink-conf/parsers", "", "Exit code: 1 when a test failed."
        })
final class ParsersTestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Parser files, or directories of them.")
    private List<Path> paths = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit's XML too.")
    private @Nullable Path junit;

    @Override
    public Integer call() throws IOException {
        Problems problems = new Problems();
        List<ParserFile> files = ParseSettings.parserFiles(paths, problems);
        if (junit != null) {
            Reports.checkTarget("--junit", junit, problems);
        }
        problems.throwIfAny("the parser files");
        ParserTrial trial = new ParserTrial(new ParseSettings(
                ZoneOffset.UTC, files.stream().map(ParserFile::definition).toList()));
        List<ParserTrial.Result> results = new ArrayList<>();
        files.forEach(file -> results.addAll(trial.run(file)));
        PrintWriter out = spec.commandLine().getOut();
        for (ParserTrial.Result result : results) {
            out.println((result.passed() ? "passed  " : "FAILED  ") + result.place() + "  " + result.format());
            result.differences().forEach(difference -> out.println("        " + difference));
        }
        long failed = results.stream().filter(result -> !result.passed()).count();
        out.println(results.size() - failed + " passed, " + failed + " failed");
        if (junit != null) {
            List<JunitXml.Case> cases = results.stream()
                    .map(result ->
                            new JunitXml.Case(result.format(), result.place(), result.differences(), result.line()))
                    .toList();
            JunitXml.write(junit, "faultline parsers", cases);
        }
        return failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
