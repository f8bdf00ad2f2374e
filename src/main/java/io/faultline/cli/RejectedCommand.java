package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rejected}: what a job could not use, and the way back. */
@Command(
        name = "rejected",
        description = "Shows what a job could not use, and puts it back.",
        footer = {"", "Example:", "  faultline rejected list --config flink-conf/job.yaml"})
final class RejectedCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which of: list, replay?");
    }
}
