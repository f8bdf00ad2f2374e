/**
 * Rule files in, problems out: what is wrong with a rule that is written as it must be, or will be regretted.
 *
 * <pre>{@code
 * List<LintProblem> problems = new RuleLint().lint(rules, stories, knownIds);
 * }</pre>
 *
 * <p>A check is a method in one of the classes {@code …Checks}; what it may say is a {@link
 * io.faultline.detect.match.lint.LintCode}, and docs/LINT.md has an example of each that a test runs.
 */
@NullMarked
package io.faultline.detect.match.lint;

import org.jspecify.annotations.NullMarked;
