package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree;
import io.faultline.detect.match.condition.ConditionTree.All;
import io.faultline.detect.match.condition.ConditionTree.Any;
import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.detect.match.condition.ConditionTree.Not;
import io.faultline.detect.match.condition.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a condition says, taken by itself. */
final class ConditionChecks {

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=", "in");

    private ConditionChecks() {}

    static void check(LintedRule rule, Report report) {
        for (LintedCondition condition : rule.allConditions()) {
            outcome(condition, report);
            shape(condition.tree(), condition.path(), report);
            condition.tree().leaves().forEach(leaf -> leaf(leaf, condition.path(), report));
        }
        for (LintedCondition condition : rule.conditions()) {
            kinds(rule, condition, report);
        }
        rule.resolve().ifPresent(resolve -> kinds(rule, resolve, report));
    }

    /** Whether it can hold and can fail. */
    private static void outcome(LintedCondition condition, Report report) {
        ConditionTree tree = condition.tree();
        String path = condition.path();
        Cases own = Cases.of(tree, true);
        if (own.areImpossible()) {
            boolean constant =
                    tree.leaves().stream().allMatch(leaf -> leaf.operator().equals("false"));
            String why = new Facts(own.all().get(0)).conflict();
            report.add(constant ? LintCode.NEVER_TRUE : LintCode.CONTRADICTION, path, "no event meets it: " + why);
        } else if (Cases.of(tree, false).areImpossible()) {
            report.add(LintCode.ALWAYS_TRUE, path, "every event meets " + tree.text());
        } else {
            alternatives(tree, path, report);
            redundancy(own, path, report);
        }
    }

    private static void alternatives(ConditionTree tree, String path, Report report) {
        if (tree instanceof All all) {
            all.parts().forEach(part -> alternatives(part, path, report));
        }
        if (!(tree instanceof Any any)) {
            return;
        }
        for (ConditionTree part : any.parts()) {
            if (Cases.of(part, true).areImpossible()) {
                report.add(LintCode.DEAD_ALTERNATIVE, path, "no event meets " + part.text());
            } else if (any.parts().stream().anyMatch(other -> coveredBy(part, other))) {
                report.add(LintCode.REDUNDANT_ALTERNATIVE, path, part.text() + " holds only where another side does");
            }
        }
    }

    /** Whether one holds only where the other does; two that are the same are told as such. */
    private static boolean coveredBy(ConditionTree part, ConditionTree other) {
        boolean same = part.text().equals(other.text());
        return !same && Cases.of(part, true).and(Cases.of(other, false)).areImpossible();
    }

    /** What follows from the rest of the only way in which it holds. */
    private static void redundancy(Cases cases, String path, Report report) {
        if (cases.all().size() != 1) {
            return;
        }
        List<Literal> literals = cases.all().get(0);
        for (int i = 0; i < literals.size(); i++) {
            Literal literal = literals.get(i);
            if (COMPARISONS.contains(literal.leaf().operator()) && followsFromTheRest(i, literals)) {
                report.add(LintCode.REDUNDANT_COMPARISON, path, literal + " follows from the rest");
                return;
            }
        }
    }

    private static boolean followsFromTheRest(int number, List<Literal> literals) {
        String text = literals.get(number).leaf().text();
        boolean twice = literals.stream()
                        .filter(other -> other.leaf().text().equals(text))
                        .count()
                > 1;
        List<Literal> turned = new ArrayList<>(literals);
        turned.set(number, literals.get(number).turned());
        // The same twice is told as such.
        return !twice && !new Facts(turned).conflict().isEmpty();
    }

    private static void shape(ConditionTree tree, String path, Report report) {
        if (tree instanceof Not not) {
            negation(not, path, report);
            shape(not.part(), path, report);
        } else if (!(tree instanceof Leaf)) {
            List<ConditionTree> parts = tree instanceof All all ? all.parts() : ((Any) tree).parts();
            Set<String> seen = new HashSet<>();
            for (ConditionTree part : parts) {
                if (!seen.add(part.text())) {
                    report.add(LintCode.DUPLICATE_TERM, path, part.text() + " is asked twice");
                }
                shape(part, path, report);
            }
            if (tree instanceof Any) {
                equalities(parts, path, report);
            }
        }
    }

    private static void negation(Not not, String path, Report report) {
        if (not.part() instanceof Not) {
            report.add(LintCode.DOUBLE_NEGATION, path, not.text() + " is said without any !");
        }
        if (not.part() instanceof Leaf leaf && !leaf.measure().isEmpty() && COMPARISONS.contains(leaf.operator())) {
            report.add(
                    LintCode.NEGATION_HOLDS_WHEN_ABSENT,
                    path,
                    not.text() + " holds too where " + leaf.measure() + " is absent; turn the comparison round");
        }
    }

    private static void equalities(List<ConditionTree> parts, String path, Report report) {
        Set<String> subjects = new HashSet<>();
        for (ConditionTree part : parts) {
            if (!(part instanceof Leaf leaf) || !leaf.operator().equals("==")) {
                return;
            }
            subjects.add(leaf.subject());
        }
        if (subjects.size() == 1 && parts.size() > 1) {
            report.add(
                    LintCode.IN_WOULD_DO, path, "write " + subjects.iterator().next() + " in […]");
        }
    }

    private static void leaf(Leaf leaf, String path, Report report) {
        List<Object> constants = leaf.constants();
        if (leaf.operator().equals("in") && constants.isEmpty()) {
            report.add(LintCode.IN_OF_NONE, path, leaf.text() + " never holds");
        }
        if (leaf.operator().equals("in") && constants.size() == 1) {
            report.add(LintCode.IN_OF_ONE, path, "write " + leaf.subject() + " == " + constants.get(0));
        }
        if (new HashSet<>(constants).size() < constants.size()) {
            report.add(LintCode.DUPLICATE_IN_LIST, path, leaf.text());
        }
        if (Set.of("contains", "startsWith", "endsWith").contains(leaf.operator()) && constants.contains("")) {
            report.add(LintCode.EMPTY_TEXT, path, leaf.text() + " always holds");
        }
        if (Vocabulary.ENTITY.contains(leaf.subject())
                && Set.of("==", "in").contains(leaf.operator())
                && !constants.contains("")) {
            report.add(
                    LintCode.PINNED_ENTITY,
                    path,
                    leaf.text() + ": rules are about all; to leave one out, disable or silence it there");
        }
    }

    /** What the rule's own conditions leave open is tested for every event of the stream. */
    private static void kinds(LintedRule rule, LintedCondition condition, Report report) {
        boolean narrowed = condition.cases().possible().stream()
                .allMatch(literals -> literals.stream().anyMatch(ConditionChecks::isOfKindOrFormat));
        boolean dependent = Set.of("demand", "of", "under-load").contains(condition.path());
        if (narrowed || dependent || condition.cases().areImpossible() || isAlwaysTrue(condition)) {
            return;
        }
        if (condition.path().equals("where") && rule.conditions().size() > 1) {
            return; // the steps' conditions are looked at with it
        }
        boolean message = condition.tree().leaves().stream()
                .anyMatch(leaf -> leaf.subject().equals("message"));
        report.add(
                message ? LintCode.MESSAGE_WITHOUT_KIND : LintCode.NO_KIND,
                condition.path(),
                "say which kind it is, as kind == 'training.step' && …");
    }

    private static boolean isAlwaysTrue(LintedCondition condition) {
        return Cases.of(condition.tree(), false).areImpossible();
    }

    private static boolean isOfKindOrFormat(Literal literal) {
        String subject = literal.leaf().subject();
        return literal.wanted()
                && (subject.equals("kind") || subject.equals("format"))
                && Set.of("==", "in").contains(literal.leaf().operator());
    }
}
