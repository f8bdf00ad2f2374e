package io.faultline.detect.match.track;

/**
 * Whose matches are kept apart.
 *
 * @param rule the rule's id
 * @param version its version
 * @param group the values of the rule's {@code group-by}, as {@code node=gpu-a1}
 */
public record RuleKey(String rule, int version, String group) {

    @Override
    public String toString() {
        return rule + "@" + version + "[" + group + "]";
    }
}
