package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleDefinition.GroupPart;
import io.faultline.detect.match.rule.SequencePattern;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a rule says that its alert is over. */
final class ResolveChecks {

    private static final Pattern STEP = Pattern.compile("match\\[(\\d+)](\\..*)?");

    private ResolveChecks() {}

    static void check(LintedRule rule, Report report) {
        RuleDefinition definition = rule.definition();
        Duration after = definition.resolve().after();
        if (!after.isZero() && after.compareTo(definition.suppress()) < 0) {
            report.add(
                    LintCode.AFTER_SHORTER_THAN_SUPPRESS,
                    "resolve.after",
                    "what goes on is told again after suppress, and the alert is over before");
        }
        rule.resolve().ifPresent(resolve -> {
            for (LintedCondition condition : rule.conditions()) {
                if (isMatch(definition, condition.path()) && !condition.excludes(resolve)) {
                    report.add(
                            LintCode.RESOLVE_MEETS_MATCH,
                            resolve.path(),
                            "an event can meet it and " + condition.path()
                                    + ", so one that is found ends what was found");
                }
            }
            groups(definition, resolve, report);
        });
    }

    /** Whether it is what the rule finds, and not what must not come or what ends the watching. */
    private static boolean isMatch(RuleDefinition rule, String path) {
        Matcher step = STEP.matcher(path);
        if (step.matches() && rule.pattern() instanceof SequencePattern sequence) {
            return !path.endsWith(".until")
                    && !sequence.steps().get(Integer.parseInt(step.group(1))).not();
        }
        return path.equals("match");
    }

    /** Its group is the alert's only where it knows each part. */
    private static void groups(RuleDefinition rule, LintedCondition resolve, Report report) {
        Set<String> kinds = resolve.kinds();
        for (GroupPart part : rule.groupBy()) {
            if (!kinds.isEmpty()
                    && part.alternatives().stream()
                            .noneMatch(level -> kinds.stream().anyMatch(kind -> KindEntities.mayKnow(kind, level)))) {
                report.add(
                        LintCode.RESOLVE_OF_OTHER_GROUP,
                        resolve.path(),
                        "no event of " + String.join(", ", kinds) + " knows "
                                + part.alternatives().get(0).fieldName() + ", so it is of no alert's group");
            }
        }
    }
}
