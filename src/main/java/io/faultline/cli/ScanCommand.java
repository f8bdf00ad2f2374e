package io.faultline.cli;

import io.faultline.cli.report.HtmlReport;
import io.faultline.collect.parse.ParseSettings;
import io.faultline.model.Incident;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
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

/** {@code scan}: what went wrong in these files, worst first. */
@Command(
        name = "scan",
        description = "Reads log files of any known format and tells which incidents are in them, worst first.",
        footer = {
            "",
            "Example:",
            "  faultline simulate --out target/cluster",
            "  faultline scan target/cluster/*.log --report target/report.html",
            "",
            "Exit code: 0 when the files were scanned, whatever was found; 1 with --strict when input was rejected."
        })
final class ScanCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Log files, also .gz and .zst; - is standard input.")
    private List<Path> files = List.of();

    @Option(names = "--json", description = "Print one incident a line as JSON.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML report that needs no network.")
    private @Nullable Path report;

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "Use the rules of a directory beside the shipped ones.")
    private @Nullable Path rules;

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "What stands where: nodes with rack and switch, jobs with their nodes (docs/INVENTORY.md).")
    private @Nullable Path inventory;

    @Option(names = "--parallelism", paramLabel = "N", description = "Subtasks of each step (default: one a core).")
    private int parallelism = Runtime.getRuntime().availableProcessors();

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    private final Supplier<JobRunner> jobs;
    private final CliTerminal terminal;

    ScanCommand(Supplier<JobRunner> jobs, CliTerminal terminal) {
        this.jobs = jobs;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ScanRequest request = request();
        RunSummary summary;
        try (ProgressLine progress = ProgressLine.over("Scanning", files, terminal.progress() && reading.progress())) {
            summary = jobs.get().scan(request, progress);
        }
        print(summary, request.timeZone());
        if (report != null) {
            HtmlReport.of(Reports.of("Scan of " + name(files), summary)).write(report);
            spec.commandLine().getErr().println("The report is in " + report);
        }
        return reading.strict() && summary.rejectedTotal() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private ScanRequest request() {
        Problems problems = new Problems();
        InputFiles.check(files, problems);
        ZoneId zone = reading.timeZone(problems);
        ParseSettings.parsersOf(reading.parsers(), problems);
        if (parallelism < 1) {
            problems.add("--parallelism", parallelism + " is not 1 or more");
        }
        if (rules != null && !Files.isDirectory(rules)) {
            problems.add("--rules", rules + " is not a directory");
        }
        if (inventory != null && !Files.isRegularFile(inventory)) {
            problems.add("--inventory", inventory + " is not a file");
        }
        if (report != null) {
            Reports.checkTarget("--report", report, problems);
        }
        problems.throwIfAny("the arguments of scan");
        return new ScanRequest(files, rules, parallelism, zone, reading.parsers(), inventory);
    }

    private void print(RunSummary summary, ZoneId zone) {
        PrintWriter out = spec.commandLine().getOut();
        List<Incident> worstFirst = Reports.worstFirst(summary.incidents());
        if (json) {
            worstFirst.forEach(incident -> out.println(IncidentJson.of(incident)));
            spec.commandLine().getErr().println(IncidentText.totals(summary));
            return;
        }
        IncidentText text = new IncidentText(zone, terminal.colour());
        out.print(text.of(worstFirst));
        out.println(IncidentText.totals(summary));
    }

    private static String name(List<Path> files) {
        return files.size() == 1 ? files.get(0).toString() : files.size() + " files";
    }
}
