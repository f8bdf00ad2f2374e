package io.faultline.cli;

import io.faultline.settings.Problems;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code run}: the job against its configured sources and sinks, until it is stopped. */
@Command(
        name = "run",
        description = "Runs the job on an embedded Flink cluster against the configured sources and sinks.",
        footer = {
            "",
            "Example:",
            "  faultline run --config flink-conf/job.yaml",
            "",
            "Ctrl-C or SIGTERM stops it. On a Flink cluster the same job is started with flink run."
        })
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The settings of the job.")
    private Path config = Path.of("job.yaml");

    private final Supplier<JobRunner> jobs;

    RunCommand(Supplier<JobRunner> jobs) {
        this.jobs = jobs;
    }

    @Override
    public Integer call() {
        Problems problems = new Problems();
        InputFiles.check(List.of(config), problems);
        problems.throwIfAny("the arguments of run");
        spec.commandLine().getErr().println("Running " + config + " on an embedded cluster; Ctrl-C stops it.");
        spec.commandLine().getErr().flush();
        jobs.get().run(config);
        return ExitCode.OK;
    }
}
