package io.faultline.detect.match.life;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleReader;
import io.faultline.settings.Problems;
import org.jspecify.annotations.Nullable;

/**
 * One version of a rule that was checked.
 *
 * @param text its YAML; empty for the one that the job itself brings
 * @param definition what it says
 */
public record RuleVersion(String text, RuleDefinition definition) {

    static RuleVersion own(RuleDefinition definition) {
        return new RuleVersion("", definition);
    }

    /**
     * Reads a version.
     *
     * @param number what it is called, whatever the text says; 0 for what the text says
     * @param problems gets all that is wrong; what comes back is not to be used then
     */
    public static RuleVersion read(String rule, int number, String text, RuleReader reader, Problems problems) {
        String name = number == 0 ? rule + ".yaml" : "version/" + number + "/" + rule + ".yaml";
        return new RuleVersion(text, reader.read(new RuleFile(name, text), number, problems));
    }

    int number() {
        return definition.version();
    }

    boolean says(@Nullable RuleVersion other) {
        return other != null && definition.equals(other.definition);
    }
}
