package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code playbooks}: what is done about incidents. */
@Command(
        name = "playbooks",
        description = "Checks and lists playbooks: what is done about which incidents.",
        footer = {"", "Example:", "  faultline playbooks list"})
final class PlaybooksCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which of: lint, list?");
    }
}
