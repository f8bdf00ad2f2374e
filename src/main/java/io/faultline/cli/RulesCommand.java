package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rules}: rules before they run, and those of a running job. */
@Command(
        name = "rules",
        description = {
            "Checks, tests and explains rules, tells what they would have found,",
            "and changes those of a running job without a restart."
        },
        footer = {"", "Example:", "  faultline rules test", "  faultline rules list --config flink-conf/job.yaml"})
final class RulesCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        String commands = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "do what with rules? There is: " + commands);
    }
}
