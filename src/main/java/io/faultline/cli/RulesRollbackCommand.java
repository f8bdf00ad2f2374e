package io.faultline.cli;

import io.faultline.detect.match.life.RuleBook;
import io.faultline.detect.match.life.RuleHead;
import io.faultline.settings.Problems;
import java.util.NavigableSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rules rollback}: an earlier version again. */
@Command(
        name = "rollback",
        description = "Brings another version of a rule in force, by default the one before.",
        footer = {"", "Example:", "  faultline rules rollback loss-nan --to 1 --config flink-conf/job.yaml"})
final class RulesRollbackCommand extends RuleChange {

    @Parameters(paramLabel = "RULE", description = "The id of a rule.")
    private String rule = "";

    @Option(names = "--to", paramLabel = "VERSION", description = "Which version (default: the one before).")
    private @Nullable Integer to;

    RulesRollbackCommand(Supplier<JobRunner> jobs) {
        super(jobs);
    }

    @Override
    void prepare(RuleBook book, Problems problems) {
        if (!exists(rule, book, problems)) {
            return;
        }
        NavigableSet<Integer> versions = book.versionNumbers(rule);
        int now = book.activeVersion(rule);
        Integer target = to == null ? versions.lower(now) : to;
        if (target == null || !versions.contains(target)) {
            problems.add(
                    rule,
                    target == null
                            ? "there is no version before " + now
                            : "there is no version " + target + "; there are " + versions);
            return;
        }
        boolean own = !book.versions(rule).containsKey(target);
        send(rule, book.head(rule).withActive(own ? RuleHead.OWN : target));
        say(rule + ": version " + target + " again, instead of version " + now);
    }
}
