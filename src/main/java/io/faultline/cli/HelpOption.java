package io.faultline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code --help}, the same for every command. */
final class HelpOption {

    private HelpOption() {}

    /** Gives it to all commands below this one, at any depth. */
    static void addBelow(CommandLine commandLine) {
        for (CommandLine below : commandLine.getSubcommands().values()) {
            CommandSpec spec = below.getCommandSpec();
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .description("Show this help.")
                    .build());
            addBelow(below);
        }
    }
}
