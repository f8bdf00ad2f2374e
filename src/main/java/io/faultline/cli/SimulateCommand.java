package io.faultline.cli;

import io.faultline.cli.simulate.FaultLabel;
import io.faultline.cli.simulate.Simulation;
import io.faultline.cli.simulate.SimulationResult;
import io.faultline.cli.simulate.SimulationSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code simulate}: the logs of a GPU cluster that is not there, with faults whose truth is known. */
@Command(
        name = "simulate",
        description = "Writes the logs of a simulated GPU cluster, with labelled faults beside them.",
        footer = {
            "",
            "Example:",
            "  faultline simulate --out target/cluster --minutes 30 --fault gpu-xid --fault loss-nan",
            "",
            "The same seed gives the same bytes. DIR/labels.ndjson says what broke, when, and which lines show it;",
            "DIR/inventory.yaml what stands where, for scan --inventory."
        })
final class SimulateCommand implements Callable<Integer> {

    private static final SimulationSettings DEFAULTS = SimulationSettings.defaults();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where the files go.")
    private Path out = Path.of("");

    @Option(names = "--nodes", paramLabel = "N", description = "Nodes, half in each rack (default: 8).")
    private int nodes = DEFAULTS.nodes();

    @Option(names = "--gpus", paramLabel = "N", description = "GPUs in each node (default: 8).")
    private int gpus = DEFAULTS.gpus();

    @Option(names = "--minutes", paramLabel = "N", description = "Minutes of log time (default: 60).")
    private int minutes = DEFAULTS.minutes();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the randomness (default: 1).")
    private long seed = DEFAULTS.seed();

    @Option(
            names = "--fault",
            arity = "1..*",
            split = ",",
            paramLabel = "NAME",
            description = "Faults to plant (default: each once); none for a quiet cluster.")
    private List<String> faults = List.of();

    @Override
    public Integer call() throws IOException {
        SimulationSettings settings = new SimulationSettings(
                        nodes, gpus, minutes, seed, DEFAULTS.start(), DEFAULTS.faults())
                .withFaults(faults);
        SimulationResult result = Simulation.write(settings, out);
        PrintWriter words = spec.commandLine().getErr();
        words.println(String.format(
                Locale.ROOT,
                "%,d lines in %d files and labels.ndjson in %s",
                result.lines(),
                result.files().size(),
                out));
        for (FaultLabel label : result.labels()) {
            words.println(
                    "  " + label.fault() + " of " + label.entity() + ", " + label.started() + " to " + label.ended());
        }
        return ExitCode.OK;
    }
}
