package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.faultline.cli.report.HtmlReport;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationResult;
import io.faultline.cli.simulate.SimulationSettings;
import io.faultline.settings.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the whole journey on one machine with nothing to install. */
@Command(
        name = "demo",
        description = "Simulates a GPU cluster that breaks, runs the job over its logs, and shows what it finds.",
        footer = {
            "",
            "Example:",
            "  faultline demo --minutes 30",
            "",
            "Ends by itself within two minutes. The last line on standard output is JSON; the report is in DIR."
        })
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--stack",
            description = "Go through a real Kafka broker and a real Elasticsearch server, started here.")
    private boolean stack;

    @Option(names = "--out", paramLabel = "DIR", description = "Where logs and report go (default: target/demo).")
    private Path out = Path.of("target", "demo");

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulation (default: 1).")
    private long seed = SimulationSettings.defaults().seed();

    @Option(names = "--minutes", paramLabel = "N", description = "Minutes of log time (default: 60).")
    private int minutes = SimulationSettings.defaults().minutes();

    @Option(names = "--no-progress", description = "Show no progress bar.")
    private boolean noProgress;

    private final Supplier<JobRunner> jobs;
    private final CliTerminal terminal;

    DemoCommand(Supplier<JobRunner> jobs, CliTerminal terminal) {
        this.jobs = jobs;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path report = out.resolve("report.html");
        Problems problems = new Problems();
        Reports.checkTarget("--out", report, problems);
        problems.throwIfAny("the arguments of demo");

        SimulationSettings settings =
                SimulationSettings.defaults().withSeed(seed).withMinutes(minutes);
        say("1/3  Simulating " + minutes + " minutes of a cluster of " + settings.nodes() + " nodes with "
                + settings.gpus() + " GPUs each, " + settings.faults().size() + " faults planted");
        SimulationResult simulated = Simulation.write(settings, out.resolve("logs"));
        say(String.format(
                Locale.ROOT,
                "     %,d lines in %d files in %s",
                simulated.lines(),
                simulated.files().size(),
                out.resolve("logs")));

        say("2/3  Running the job over them" + (stack ? ", through Kafka and into Elasticsearch" : ""));
        RunSummary summary = run(simulated);

        say("3/3  Comparing with what was planted");
        HtmlReport.of(Reports.of("Demo: a simulated GPU cluster", summary)).write(report);
        FoundFaults found = FoundFaults.of(simulated.labels(), Reports.worstFirst(summary.incidents()));
        print(summary, found, report);
        return ExitCode.OK;
    }

    private RunSummary run(SimulationResult simulated) {
        List<Path> files = simulated.files();
        int cores = Runtime.getRuntime().availableProcessors();
        ScanRequest request = new ScanRequest(files, null, cores, ZoneOffset.UTC);
        try (ProgressLine progress = ProgressLine.over("Running", files, terminal.progress() && !noProgress)) {
            RunListener listener = new LiveIncidents(progress, this::say);
            return stack
                    ? jobs.get().scanThroughStack(request, listener)
                    : jobs.get().scan(request, listener);
        }
    }

    private void print(RunSummary summary, FoundFaults found, Path report) {
        PrintWriter words = spec.commandLine().getOut();
        words.print(new IncidentText(ZoneOffset.UTC, terminal.colour()).of(Reports.worstFirst(summary.incidents())));
        words.print(found.table());
        words.println(IncidentText.totals(summary));
        words.println("The report is in " + report);
        words.println(JsonNodeFactory.instance
                .objectNode()
                .put("events", summary.events())
                .put("alerts", summary.alerts())
                .put("incidents", summary.incidents().size())
                .put("faults", found.planted())
                .put("faults_found", found.found())
                .put("report", report.toString()));
    }

    private void say(String words) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(words);
        err.flush();
    }
}
