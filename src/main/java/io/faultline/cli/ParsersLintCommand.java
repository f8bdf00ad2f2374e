package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.collect.parse.user.ParserFile;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parsers lint}: everything that is wrong with parser files, and what will be slow. */
@Command(
        name = "lint",
        description = "Checks parser files: one line a problem, as file:line: key: text.",
        footer = {
            "",
            "Example:",
            "  faultline parsers lint flink-conf/parsers",
            "",
            "Exit code: 1 when a file is wrong."
        })
final class ParsersLintCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Parser files, or directories of them.")
    private List<Path> paths = List.of();

    @Override
    public Integer call() {
        Problems problems = new Problems();
        List<ParserFile> files = ParseSettings.parserFiles(paths, problems);
        PrintWriter out = spec.commandLine().getOut();
        problems.all().forEach(out::println);
        if (problems.isEmpty()) {
            files.forEach(file -> file.warnings().forEach(out::println));
        }
        spec.commandLine()
                .getErr()
                .println(files.size()
                        + (files.size() == 1 ? " parser file, " : " parser files, ")
                        + problems.all().size()
                        + (problems.all().size() == 1 ? " problem" : " problems"));
        return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
