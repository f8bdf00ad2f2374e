package io.faultline.detect.match.lint;

/** Takes what a check finds in one rule. */
@FunctionalInterface
interface Report {

    /** @param path where in the rule's YAML, as {@code match[0].where} */
    void add(LintCode code, String path, String text);
}
