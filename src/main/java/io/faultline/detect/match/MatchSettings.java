package io.faultline.detect.match;

import io.faultline.detect.match.rule.RuleSet;
import io.faultline.settings.NearestWord;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which rules run.
 *
 * @param rulesDirectory where further rules are; empty for the shipped ones alone. A live job watches it
 * @param rulesTopic a compacted Kafka topic with one partition that changes rules while the job runs; empty for none
 * @param disabled the ids of rules that do not run
 */
public record MatchSettings(String rulesDirectory, String rulesTopic, List<String> disabled) implements Serializable {

    public static MatchSettings defaults() {
        return new MatchSettings("", "", List.of());
    }

    public static MatchSettings read(SettingsReader reader) {
        String directory = reader.text("rules-directory", "");
        if (!directory.isEmpty() && !Files.isDirectory(Path.of(directory))) {
            reader.problem("rules-directory", directory + " is not a directory");
        }
        List<String> disabled = List.copyOf(reader.texts("disabled", List.of()));
        Set<String> known = knownIds(directory);
        disabled.stream()
                .filter(id -> !known.contains(id))
                .forEach(id -> reader.problem("disabled", "no rule \"" + id + "\"" + NearestWord.hint(id, known)));
        return new MatchSettings(directory, reader.text("rules-topic", ""), disabled);
    }

    private static Set<String> knownIds(String directory) {
        Set<String> known = new TreeSet<>(RuleSet.shippedIds());
        if (!directory.isEmpty() && Files.isDirectory(Path.of(directory))) {
            known.addAll(RuleSet.ids(Path.of(directory)));
        }
        return known;
    }

    public boolean hasTopic() {
        return !rulesTopic.isEmpty();
    }

    /** Where rules change while the job runs, as people know it. */
    public String control() {
        return hasTopic() ? rulesTopic : rulesDirectory;
    }

    /**
     * The rules that these settings ask for.
     *
     * @throws io.faultline.settings.SettingsException with all problems of all rule files
     */
    public RuleSet rules() {
        RuleSet rules = RuleSet.shipped();
        if (!rulesDirectory.isEmpty()) {
            rules = rules.and(RuleSet.read(Path.of(rulesDirectory)));
        }
        Set<String> ids = new HashSet<>(disabled);
        return rules.without(ids);
    }
}
