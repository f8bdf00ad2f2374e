package io.faultline.detect.match.lint;

/**
 * Something that a check found.
 *
 * @param file the rule's file, or the stories' where it is about them
 * @param line from 1
 * @param text what is wrong and what would be right
 */
public record LintProblem(String file, int line, LintCode code, String text) {

    public boolean isError() {
        return code.severity() == LintCode.Severity.ERROR;
    }

    /** {@code rules/loss-nan.yaml:12: contradiction: …}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + code.id() + ": " + text;
    }
}
