package io.faultline.cli;

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
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
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
            "  faultline parse target/cluster/train-llm.log --stats > target/events.ndjson"
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

    @Option(names = "--strict", description = "Exit with 1 when any input was rejected.")
    private boolean strict;

    @Option(
            names = TimeZones.OPTION,
            paramLabel = "ZONE",
            defaultValue = "UTC",
            description = "Zone of times that are written without one (default: UTC).")
    private String timeZone = "UTC";

    @Option(names = "--no-progress", description = "Show no progress bar.")
    private boolean noProgress;

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
        ZoneId zone = TimeZones.read(timeZone, problems);
        if (rejected != null) {
            Reports.checkTarget("--rejected", rejected, problems);
        }
        problems.throwIfAny("the arguments of parse");

        ParseStatistics statistics = new ParseStatistics();
        try (Writer rejectedLines = rejected == null ? Writer.nullWriter() : open(rejected);
                PrintWriter rejects = new PrintWriter(rejectedLines)) {
            read(zone, statistics, rejects);
            if (rejects.checkError()) {
                throw new IOException("can not write to " + rejected);
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        if (stats) {
            err.print(statistics.table());
        }
        return strict && statistics.rejected() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void read(ZoneId zone, ParseStatistics statistics, PrintWriter rejects) {
        PrintWriter out = spec.commandLine().getOut();
        LogReader reader = logs.get();
        // A bar would run through the events where both go to one terminal.
        boolean shown = terminal.progress() && !terminal.colour() && !noProgress;
        try (ProgressLine progress = ProgressLine.over("Parsing", files, shown)) {
            reader.read(
                    files,
                    zone,
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
    }

    private static Writer open(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }
}
