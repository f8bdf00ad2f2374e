package io.faultline.cli;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.respond.remediate.Playbook;
import io.faultline.respond.remediate.Playbooks;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code playbooks lint}: everything that is wrong with playbooks. */
@Command(
        name = "lint",
        description = "Checks playbooks, and that the rules they name are there.",
        footer = {"", "Example:", "  faultline playbooks lint lab/playbooks --rules lab/rules"})
final class PlaybooksLintCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Directories of playbooks.")
    private List<Path> directories = List.of();

    @Option(names = "--rules", paramLabel = "DIR", description = "Rules beside the shipped ones.")
    private @Nullable Path rules;

    @Override
    public Integer call() {
        Problems wrong = new Problems();
        directories.stream()
                .filter(directory -> !Files.isDirectory(directory))
                .forEach(directory -> wrong.add(directory.toString(), "is not a directory"));
        if (rules != null && !Files.isDirectory(rules)) {
            wrong.add("--rules", rules + " is not a directory");
        }
        wrong.throwIfAny("the arguments of playbooks lint");
        Set<String> known = new TreeSet<>(RuleSet.shippedIds());
        if (rules != null) {
            known.addAll(RuleSet.ids(rules));
        }
        Problems problems = new Problems();
        int checked = 0;
        for (Path directory : directories) {
            List<Playbook> playbooks = Playbooks.in(directory, problems);
            checked += playbooks.size();
            playbooks.forEach(playbook -> checkRules(directory, playbook, known, problems));
        }
        problems.all().forEach(spec.commandLine().getOut()::println);
        spec.commandLine()
                .getErr()
                .println(checked + " playbooks, " + problems.all().size() + " problems");
        return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static void checkRules(Path directory, Playbook playbook, Set<String> known, Problems problems) {
        for (String rule : playbook.when().rules()) {
            if (!known.contains(rule)) {
                problems.add(
                        directory.resolve(playbook.id() + ".yaml").toString(),
                        "when.rules: no rule \"" + rule + "\"" + NearestWord.hint(rule, known));
            }
        }
    }
}
