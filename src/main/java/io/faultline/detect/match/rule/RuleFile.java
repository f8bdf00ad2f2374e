package io.faultline.detect.match.rule;

/**
 * A rule as text.
 *
 * @param name what problems call it: {@code rules/loss-nan.yaml}
 * @param text its YAML
 */
public record RuleFile(String name, String text) {

    /** The file's name without directories and ending: the id that the rule must have. */
    public String stem() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? last : last.substring(0, dot);
    }
}
