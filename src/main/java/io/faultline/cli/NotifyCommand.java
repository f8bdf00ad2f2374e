package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code notify}: who is told, and what. */
@Command(
        name = "notify",
        description = "Shows what a receiver would be told, and tries whether it can be told.",
        footer = {
            "",
            "Example:",
            "  faultline notify render --receiver console --config flink-conf/job.yaml",
            "  faultline notify test --receiver console --config flink-conf/job.yaml"
        })
final class NotifyCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        String commands = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "notify how? There is: " + commands);
    }
}
