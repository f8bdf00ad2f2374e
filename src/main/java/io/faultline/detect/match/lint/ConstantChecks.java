package io.faultline.detect.match.lint;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.detect.match.rule.Constants;
import java.util.HashSet;
import java.util.Set;

/** What a rule declares to say it once, and what it leaves out. */
final class ConstantChecks {

    private ConstantChecks() {}

    static void check(LintedRule rule, Report report) {
        Set<String> used = new HashSet<>();
        rule.texts().values().forEach(text -> used.addAll(Constants.uses(text)));
        for (String group : Set.of("params", "lists")) {
            rule.yaml().path(group).properties().forEach(declared -> {
                String name = group + "." + declared.getKey();
                if (!used.contains(name)) {
                    report.add(LintCode.UNUSED_CONSTANT, name, "no condition says " + name);
                }
                twice(name, declared.getValue(), report);
            });
        }
        for (LintedCondition exception : rule.exceptions()) {
            exception(rule, exception, report);
        }
    }

    private static void twice(String name, JsonNode list, Report report) {
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode element : list) {
            if (!seen.add(element)) {
                report.add(LintCode.DUPLICATE_IN_LIST, name, element.asText() + " stands there twice");
            }
        }
    }

    private static void exception(LintedRule rule, LintedCondition exception, Report report) {
        if (exception.cases().areImpossible()) {
            return; // told as a contradiction
        }
        boolean meets = false;
        for (LintedCondition condition : rule.conditions()) {
            meets |= !condition.excludes(exception);
            boolean of = condition.path().equals("match") || condition.path().matches("match\\[\\d+]\\.where");
            if (of && condition.implies(exception)) {
                report.add(
                        LintCode.EXCEPTION_ALWAYS,
                        exception.path(),
                        "each event of " + condition.path() + " meets it, so none is left");
            }
        }
        if (!meets) {
            report.add(LintCode.EXCEPTION_NEVER, exception.path(), "no event of the rule meets it");
        }
    }
}
