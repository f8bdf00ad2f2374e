package io.faultline.cli;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleCommand;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.settings.Problems;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rules remove}: takes away what was pushed. */
@Command(
        name = "remove",
        description = {
            "Takes away all that was pushed of rules. A rule that the job itself brings runs as the job brings it again; pause"
                    + " it to stop it."
        },
        footer = {"", "Example:", "  faultline rules remove my-rule --config flink-conf/job.yaml"})
final class RulesRemoveCommand extends RuleChange {

    @Parameters(arity = "1..*", paramLabel = "RULE", description = "Ids of rules.")
    private List<String> rules = List.of();

    RulesRemoveCommand(Supplier<JobRunner> jobs) {
        super(jobs);
    }

    @Override
    void prepare(RuleBook book, Problems problems) {
        for (String rule : rules) {
            if (exists(rule, book, problems)) {
                remove(rule, book, problems);
            }
        }
    }

    private void remove(String rule, RuleBook book, Problems problems) {
        RuleDefinition own = book.own(rule);
        if (!book.isTouched(rule)) {
            problems.add(rule, "comes with the job and nothing was pushed of it; pause it to stop it");
        }
        send(RuleCommand.head(rule, ""));
        new TreeSet<>(book.versions(rule).keySet()).forEach(version -> send(RuleCommand.version(rule, version, "")));
        say(rule + (own == null ? ": removed" : ": version " + own.version() + " of the job again"));
    }
}
