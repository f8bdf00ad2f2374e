package io.faultline.cli;

import io.faultline.respond.remediate.Playbook;
import io.faultline.respond.remediate.Playbooks;
import io.faultline.settings.Durations;
import io.faultline.settings.Problems;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code playbooks list}: the shipped ones and those of directories. */
@Command(
        name = "list",
        description = "Lists the shipped playbooks, and those of directories.",
        footer = {"", "Example:", "  faultline playbooks list"})
final class PlaybooksListCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "DIR", description = "Directories of playbooks.")
    private List<Path> directories = List.of();

    @Override
    public Integer call() {
        Problems problems = new Problems();
        List<Playbook> all = new ArrayList<>(Playbooks.shipped());
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                all.addAll(Playbooks.in(directory, problems));
            } else {
                problems.add(directory.toString(), "is not a directory");
            }
        }
        problems.throwIfAny("the playbooks");
        PrintWriter out = spec.commandLine().getOut();
        for (Playbook playbook : all) {
            out.println(playbook.id() + "  " + playbook.title());
            out.println("    " + steps(playbook) + "; "
                    + (playbook.dryRun() ? "rehearsal only" : playbook.approval() ? "after an approval" : "at once")
                    + "; at most " + playbook.maxShare() + " of the nodes in " + Durations.text(playbook.per())
                    + ", cool-down " + Durations.text(playbook.coolDown()));
        }
        return ExitCode.OK;
    }

    private static String steps(Playbook playbook) {
        return playbook.steps().stream()
                .map(step -> step.kind().id() + (step.webhook().isEmpty() ? "" : ' ' + step.webhook()))
                .collect(Collectors.joining(", "));
    }
}
