package io.faultline.cli;

import io.faultline.collect.parse.ParseSettings;
import io.faultline.model.LogEvent;
import io.faultline.model.Rejected;
import io.faultline.settings.Problems;
import io.faultline.store.document.RejectedDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parse}: log files to events, as they would be stored. */
@Command(
        name = "parse",
        description = "Prints the events of log files as NDJSON, as they would be stored.",
        footer = {
            "",
            "Example:",
            "  faultline simulate --out target/cluster",
            "  faultline parse target/cluster/train-llm.log --stats > target/events.ndjson",
            "  faultline parse target/cluster/*.log --templates target/templates.ndjson > target/events.ndjson",
            "  faultline parse target/cluster/train-llm.log --explain --parsers flink-conf/parsers"
        })
final class ParseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Log files, also .gz and .zst; - or nothing is standard input.")
    private List<Path> files = List.of();

    @Option(names = "--rejected", paramLabel = "FILE", description = "Write what could not be used, with the reason.")
    private @Nullable Path rejected;

    @Option(names = "--stats", description = "End with a table of formats and their lines, on standard error.")
    private boolean stats;

    @Option(
            names = "--templates",
            paramLabel = "FILE",
            description = "Write the templates of the lines that no parser knows, with their counts, as NDJSON.")
    private @Nullable Path templates;

    @Option(
            names = "--explain",
            description = "Tell of each record which parser took it and why the others did not, in place of its event.")
    private boolean explain;

    @Option(names = "--json", description = "With --explain: one JSON object a record.")
    private boolean json;

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    private final Supplier<LogReader> logs;
    private final CliTerminal terminal;

    ParseCommand(Supplier<LogReader> logs, CliTerminal terminal) {
        this.logs = logs;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (files.isEmpty()) {
            files = List.of(InputFiles.STANDARD_INPUT);
        }
        Problems problems = new Problems();
        InputFiles.check(files, problems);
        ParseSettings parse = reading.settings(problems);
        if (rejected != null) {
            Reports.checkTarget("--rejected", rejected, problems);
        }
        if (templates != null) {
            Reports.checkTarget("--templates", templates, problems);
        }
        if (json && !explain) {
            problems.add("--json", "goes with --explain; events are JSON anyhow");
        }
        if (explain && (stats || rejected != null || templates != null)) {
            problems.add("--explain", "prints no events, so it goes not with --stats, --rejected or --templates");
        }
        problems.throwIfAny("the arguments of parse");
        if (explain) {
            explain(parse);
            return ExitCode.OK;
        }

        ParseStatistics statistics = new ParseStatistics();
        try (Writer rejectedLines = rejected == null ? Writer.nullWriter() : open(rejected);
                PrintWriter rejects = new PrintWriter(rejectedLines)) {
            read(parse, statistics, rejects);
            if (rejects.checkError()) {
                throw new IOException("can not write to " + rejected);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        if (stats) {
            err.print(statistics.table());
        }
        return reading.strict() && statistics.rejected() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void read(ParseSettings parse, ParseStatistics statistics, PrintWriter rejects) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        LogReader reader = logs.get();
        try (ProgressLine progress = progress()) {
            reader.read(
                    files,
                    parse,
                    progress,
                    (LogEvent event) -> {
                        statistics.count(event);
                        out.println(reader.document(event));
                    },
                    (Rejected reject) -> {
                        statistics.count(reject);
                        rejects.println(new RejectedDocument().text(reject));
                    });
        }
        out.flush();
        if (templates != null) {
            writeTemplates(reader, templates);
        }
    }

    private static void writeTemplates(LogReader reader, Path file) throws IOException {
        try (PrintWriter lines = new PrintWriter(open(file))) {
            reader.templates().forEach(found -> lines.println(TemplateJson.of(found)));
            if (lines.checkError()) {
                throw new IOException("can not write to " + file);
            }
        }
    }

    private void explain(ParseSettings parse) {
        PrintWriter out = spec.commandLine().getOut();
        try (ProgressLine progress = progress()) {
            logs.get()
                    .explain(
                            files,
                            parse,
                            progress,
                            explanation -> out.println(
                                    json ? ExplanationText.json(explanation) : ExplanationText.of(explanation)));
        }
        out.flush();
    }

    private ProgressLine progress() {
        // A bar would run through the events where both go to one terminal.
        boolean shown = terminal.progress() && !terminal.colour() && reading.progress();
        return ProgressLine.over("Parsing", files, shown);
    }

    private static Writer open(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }
}
