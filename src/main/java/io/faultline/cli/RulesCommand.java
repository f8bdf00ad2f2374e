package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code rules}: what there is to do with rules before they run. */
@Command(
        name = "rules",
        description = "Checks, tests and explains rules, and tells what they would have found.",
        footer = {"", "Example:", "  faultline rules test"})
final class RulesCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        String commands = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "do what with rules? There is: " + commands);
    }
}
