package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code silence}: the commands about who is not told for a time. */
@Command(
        name = "silence",
        description = "Keeps incidents quiet for a time: they are stored, and nobody is told.",
        footer = {
            "",
            "Example:",
            "  faultline silence add node=gpu-a1 --for 2h --reason \"replacing the riser\" --config flink-conf/job.yaml",
            "  faultline silence list --config flink-conf/job.yaml"
        })
final class SilenceCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? add, list or end");
    }
}
