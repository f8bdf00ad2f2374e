package io.faultline.cli;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.settings.Problems;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rules pause}: rules that are not wanted for now. */
@Command(
        name = "pause",
        description = "Pauses rules until they are resumed; their partial matches are gone.",
        footer = {
            "",
            "Example:",
            "  faultline rules pause loss-nan --config flink-conf/job.yaml --why \"maintenance until 14:00\""
        })
final class RulesPauseCommand extends RuleChange {

    @Parameters(arity = "1..*", paramLabel = "RULE", description = "Ids of rules.")
    private List<String> rules = List.of();

    RulesPauseCommand(Supplier<JobRunner> jobs) {
        super(jobs);
    }

    @Override
    void prepare(RuleBook book, Problems problems) {
        if (why().isBlank()) {
            problems.add("--why", "is missing: who finds the rule silent wants to know");
        }
        for (String rule : rules) {
            if (exists(rule, book, problems)) {
                send(rule, book.head(rule).withPaused(why()));
                say(rule + ": paused");
            }
        }
    }
}
