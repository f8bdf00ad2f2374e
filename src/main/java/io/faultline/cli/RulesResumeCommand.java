package io.faultline.cli;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.settings.Problems;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code rules resume}: the end of a pause. */
@Command(
        name = "resume",
        description = "Lets paused rules run again, from a new beginning.",
        footer = {"", "Example:", "  faultline rules resume loss-nan --config flink-conf/job.yaml"})
final class RulesResumeCommand extends RuleChange {

    @Parameters(arity = "1..*", paramLabel = "RULE", description = "Ids of rules.")
    private List<String> rules = List.of();

    RulesResumeCommand(Supplier<JobRunner> jobs) {
        super(jobs);
    }

    @Override
    void prepare(RuleBook book, Problems problems) {
        for (String rule : rules) {
            if (!exists(rule, book, problems)) {
                continue;
            }
            if (!book.head(rule).isPaused()) {
                problems.add(rule, "is not paused");
            }
            send(rule, book.head(rule).withPaused(""));
            say(rule + ": resumed");
        }
    }
}
