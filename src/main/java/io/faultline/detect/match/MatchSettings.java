package io.faultline.detect.match;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rules run.
 *
 * @param rulesDirectory where further rules are; empty for the shipped ones alone
 * @param disabled the ids of rules that do not run
 */
public record MatchSettings(String rulesDirectory, List<String> disabled) implements Serializable {

    public static MatchSettings defaults() {
        return new MatchSettings("", List.of());
    }

    public static MatchSettings read(SettingsReader reader) {
        String directory = reader.text("rules-directory", "");
        if (!directory.isEmpty() && !Files.isDirectory(Path.of(directory))) {
            reader.problem("rules-directory", directory + " is not a directory");
        }
        return new MatchSettings(directory, List.copyOf(reader.texts("disabled", List.of())));
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
