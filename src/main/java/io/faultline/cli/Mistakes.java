package io.faultline.cli;

import io.faultline.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into words and an exit code: a person's mistake never shows a stack trace. */
final class Mistakes {

    private Mistakes() {}

    static CommandLine tellKindly(CommandLine commandLine) {
        collectErrors(commandLine);
        return commandLine
                .setExecutionStrategy(Mistakes::execute)
                .setParameterExceptionHandler((mistake, arguments) -> tell(List.of(mistake)))
                .setExecutionExceptionHandler((failure, command, result) -> tell(failure, command));
    }

    /** Without this the parser stops at the first mistake. */
    private static void collectErrors(CommandLine commandLine) {
        commandLine.getCommandSpec().parser().collectErrors(true);
        commandLine.getSubcommands().values().forEach(Mistakes::collectErrors);
    }

    /** Runs the command, unless its arguments are wrong; then all that is wrong is told together. */
    private static int execute(ParseResult result) {
        List<Exception> mistakes = new ArrayList<>();
        for (ParseResult part = result; part != null; part = part.hasSubcommand() ? part.subcommand() : null) {
            mistakes.addAll(part.errors());
        }
        Integer help = CommandLine.executeHelpRequest(result);
        if (help != null) {
            return help;
        }
        return mistakes.isEmpty() ? new CommandLine.RunLast().execute(result) : tell(mistakes);
    }

    private static int tell(List<? extends Exception> mistakes) {
        CommandLine command = null;
        for (Exception mistake : mistakes) {
            if (mistake instanceof ParameterException wrong) {
                command = wrong.getCommandLine();
                command.getErr().println("faultline: " + wrong.getMessage());
                if (mistake instanceof UnmatchedArgumentException unmatched) {
                    UnmatchedArgumentException.printSuggestions(unmatched, command.getErr());
                }
            }
        }
        if (command != null) {
            command.getErr().println(usage(command));
        }
        return ExitCode.USAGE;
    }

    private static int tell(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        SettingsException settings = settingsExceptionIn(failure);
        if (settings != null) {
            err.println("faultline: " + settings.getMessage());
            return ExitCode.USAGE;
        }
        Throwable root = failure;
        while (root.getCause() != null && !root.getCause().equals(root)) {
            root = root.getCause();
        }
        err.println("faultline: failed: " + oneLine(root) + where(failure));
        return ExitCode.SOFTWARE;
    }

    private static @Nullable SettingsException settingsExceptionIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException settings) {
                return settings;
            }
        }
        return null;
    }

    private static String oneLine(Throwable root) {
        String message = root.getMessage() == null
                ? ""
                : root.getMessage().lines().findFirst().orElse("");
        return message.isEmpty()
                ? root.getClass().getSimpleName()
                : root.getClass().getSimpleName() + ": " + message;
    }

    /** Keeps the stack trace for whoever mends it, and says where. */
    private static String where(Exception failure) {
        Path log = Path.of(System.getProperty(
                "faultline.log",
                Path.of(System.getProperty("java.io.tmpdir", "."), "faultline.log")
                        .toString()));
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(
                log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND))) {
            failure.printStackTrace(writer);
            return " (the full trace is in " + log + ")";
        } catch (IOException e) {
            return " (its trace could not be written to " + log + ")";
        }
    }

    private static String usage(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        boolean outermost = command.getParent() == null;
        return outermost
                ? "The commands are: "
                        + String.join(", ", command.getSubcommands().keySet()) + ". Try faultline --help."
                : "Try " + name + " --help.";
    }
}
