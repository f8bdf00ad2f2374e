package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree;
import java.util.Set;
import java.util.TreeSet;

/**
 * A condition of a rule.
 *
 * @param path where it stands, as {@code match[0].where}
 * @param cases the ways in which it holds, with the rule's {@code where}
 */
record LintedCondition(String path, ConditionTree tree, Cases cases) {

    /** The kinds that an event can have for which it holds. */
    Set<String> kinds() {
        Set<String> kinds = new TreeSet<>();
        cases.possible().forEach(literals -> kinds.addAll(new Facts(literals).kinds()));
        return kinds;
    }

    /** Whether each event for which this holds meets the other one too. */
    boolean implies(LintedCondition other) {
        Cases both = cases.and(Cases.of(other.tree(), false));
        return both.areImpossible();
    }

    /** Whether no event meets both. */
    boolean excludes(LintedCondition other) {
        return cases.and(other.cases()).areImpossible();
    }
}
