package io.faultline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code parsers}: the formats that are known, and parsers written in YAML. */
@Command(
        name = "parsers",
        description = "Checks, tests and lists parsers that are written in YAML.",
        footer = {"", "Example:", "  faultline parsers test flink-conf/parsers"})
final class ParsersCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "do what with parsers? There is: lint, test, list");
    }
}
