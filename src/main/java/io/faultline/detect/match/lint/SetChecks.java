package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.detect.match.rule.DistinctPattern;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.settings.NearestWord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What rules are to each other. */
final class SetChecks {

    private final List<LintedRule> rules;
    private final Set<String> others;
    private final Set<String> known;

    /** @param others the ids of rules that run beside these */
    SetChecks(List<LintedRule> rules, Set<String> others) {
        this.rules = rules;
        this.others = others;
        this.known = new TreeSet<>(others);
        rules.forEach(rule -> known.add(rule.id()));
    }

    void check(Function<LintedRule, Report> reports) {
        Map<Object, String> patterns = new HashMap<>();
        Map<String, String> titles = new HashMap<>();
        for (LintedRule rule : rules) {
            RuleDefinition definition = rule.definition();
            Report report = reports.apply(rule);
            if (others.contains(rule.id())) {
                report.add(LintCode.DUPLICATE_ID, "id", "is the id of a rule that runs beside this one");
            }
            String same = patterns.putIfAbsent(List.of(definition.pattern(), definition.groupBy()), rule.id());
            if (same != null) {
                report.add(LintCode.SAME_AS_OTHER_RULE, "match", "waits for the same as " + same);
            }
            String titled = titles.putIfAbsent(definition.title(), rule.id());
            if (titled != null) {
                report.add(LintCode.SAME_TITLE, "title", "is the title of " + titled + " too");
            }
            alerts(rule, report);
            combination(rule, report);
        }
    }

    private void alerts(LintedRule rule, Report report) {
        for (LintedCondition condition : rule.conditions()) {
            if (!condition.kinds().contains(EventKind.ALERT.id())) {
                continue;
            }
            for (Leaf leaf : condition.tree().leaves()) {
                if (leaf.attribute().equals("rule")) {
                    leaf.constants().forEach(id -> alert(rule, id.toString(), condition.path(), report));
                }
            }
        }
    }

    private void combination(LintedRule rule, Report report) {
        if (!rule.isCombination() || !(rule.definition().pattern() instanceof DistinctPattern pattern)) {
            return;
        }
        if (pattern.atLeast() == 1) {
            report.add(
                    LintCode.COMBINATION_OF_ONE, rule.has("at-least") ? "at-least" : "rules", "wait for at least two");
        }
        for (LintedRule other : rules) {
            boolean named = rule.texts().entrySet().stream()
                    .anyMatch(text ->
                            text.getKey().startsWith("rules") && text.getValue().equals(other.id()));
            if (named && !knowsGroup(other.definition(), rule.definition())) {
                String text = "alerts of " + other.id() + " know no part of the group; give both the same group-by";
                report.add(LintCode.COMBINATION_WITHOUT_GROUP, "group-by", text);
            }
        }
    }

    /** Whether alerts of one can be about a group of the other: they know what they were grouped by. */
    private static boolean knowsGroup(RuleDefinition one, RuleDefinition other) {
        return other.groupBy().stream()
                .flatMap(part -> part.alternatives().stream())
                .anyMatch(level -> level == Entity.Level.CLUSTER
                        || one.groupBy().stream()
                                .anyMatch(part -> part.alternatives().contains(level)));
    }

    private void alert(LintedRule waiting, String id, String path, Report report) {
        if (id.equals(waiting.id())) {
            report.add(LintCode.WAITS_FOR_ITSELF, path, "no alert comes before the first one");
            return;
        }
        if (!known.contains(id)) {
            report.add(LintCode.UNKNOWN_RULE, path, "no rule \"" + id + "\"" + NearestWord.hint(id, known));
        }
        boolean late = rules.stream()
                .anyMatch(rule -> rule.id().equals(id) && rule.kinds().contains(EventKind.ALERT.id()));
        if (late) {
            report.add(LintCode.ALERT_OF_SECOND_ROUND, path, id + " waits for alerts itself; wait for those");
        }
    }
}
