package io.faultline.cli;

import io.faultline.detect.match.RuleTrial.Outcome;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.settings.NearestWord;
import io.faultline.settings.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which rules a command is about. */
final class RuleChoice {

    @Option(
            names = "--rules",
            paramLabel = "DIR",
            description = "The rules of a directory, in place of the shipped ones.")
    private @Nullable Path directory;

    @Option(names = "--rule", paramLabel = "ID", description = "Only this rule; may come again.")
    private List<String> ids = List.of();

    @Nullable
    Path directory() {
        return directory;
    }

    /** The rules of a directory; null for the shipped ones. What is wrong with the choice goes to the problems. */
    RuleSet all(@Nullable Path from, Problems problems) {
        if (from != null && !Files.isDirectory(from)) {
            problems.add(from.toString(), "is not a directory");
            return new RuleSet(List.of());
        }
        RuleSet all = from == null ? RuleSet.shipped() : RuleSet.read(from);
        List<String> known = all.rules().stream().map(RuleDefinition::id).toList();
        ids.stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> problems.add("--rule", "no rule \"" + id + "\"" + NearestWord.hint(id, known)));
        return all;
    }

    /** The chosen ones among {@link #all}. */
    RuleSet chosen(Problems problems) {
        return new RuleSet(all(directory, problems).rules().stream()
                .filter(rule -> isChosen(rule.id()))
                .toList());
    }

    boolean isChosen(String id) {
        return ids.isEmpty() || ids.contains(id);
    }

    /** What the chosen rules found. */
    Outcome chosen(Outcome outcome) {
        return new Outcome(
                outcome.alerts().stream()
                        .filter(alert -> isChosen(alert.rule()))
                        .toList(),
                outcome.endings().stream()
                        .filter(ending -> isChosen(ending.rule()))
                        .toList(),
                outcome.nearMisses().stream()
                        .filter(miss -> isChosen(miss.rule()))
                        .toList(),
                outcome.kept());
    }

    boolean isNamed() {
        return !ids.isEmpty();
    }
}
