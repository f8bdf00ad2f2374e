package io.faultline.detect.match.track;

/**
 * Whose matches are kept apart.
 *
 * @param rule the rule's id
 * @param epoch when the state began: a new one with each change that can not go on with what was there, so what is left of
 *     an older one can never be taken for it
 * @param group the values of the rule's {@code group-by}, as {@code node=gpu-a1}
 */
public record RuleKey(String rule, int epoch, String group) {

    @Override
    public String toString() {
        return rule + "@" + epoch + "[" + group + "]";
    }
}
