package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code setup}: prepares the systems around the job. */
@Command(
        name = "setup",
        description = "Prepares the systems around the job; safe to run twice.",
        footer = {"", "Example:", "  faultline setup elasticsearch --url http://localhost:9200"})
final class SetupCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "set up what? There is: elasticsearch");
    }
}
