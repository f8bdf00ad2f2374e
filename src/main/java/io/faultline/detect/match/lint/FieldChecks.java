package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.Vocabulary;
import io.faultline.detect.match.rule.DistinctPattern;
import io.faultline.detect.match.rule.NewValuePattern;
import io.faultline.detect.match.rule.PeersPattern;
import io.faultline.detect.match.rule.RarePattern;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.rule.SilentRankPattern;
import io.faultline.model.AttributeNames;
import io.faultline.model.Entity.Level;
import java.util.Set;

/** Rules that tell values or members of a group apart. */
final class FieldChecks {

    private FieldChecks() {}

    static void check(LintedRule rule, Report report) {
        RulePattern pattern = rule.definition().pattern();
        if (pattern instanceof SilentRankPattern) {
            apart(rule, "rank", "match", LintCode.RANK_NEVER_KNOWN, report);
        } else if (pattern instanceof PeersPattern
                || pattern instanceof NewValuePattern
                || pattern instanceof RarePattern
                || (pattern instanceof DistinctPattern && !rule.isCombination())) {
            apart(rule, pattern.field().strip(), "field", LintCode.FIELD_NEVER_CARRIED, report);
        }
        if (pattern instanceof DistinctPattern distinct) {
            values(distinct, report);
        }
    }

    private static void apart(LintedRule rule, String field, String path, LintCode never, Report report) {
        Set<String> kinds = rule.condition("match").map(LintedCondition::kinds).orElse(Set.of());
        if (Vocabulary.ENTITY.contains(field)) {
            Level level = Level.ofField(field);
            if (!kinds.isEmpty() && kinds.stream().noneMatch(kind -> KindEntities.mayKnow(kind, level))) {
                report.add(never, path, "no event of " + String.join(", ", kinds) + " knows its " + field);
            }
            if (rule.definition().groupBy().stream()
                    .anyMatch(part -> part.alternatives().contains(level))) {
                report.add(LintCode.FIELD_IS_GROUP, "group-by", "each group is one " + field + " by itself");
            }
        } else if (!VocabularyChecks.anyHasAttribute(kinds, field)) {
            report.add(never, path, "no event of " + String.join(", ", kinds) + " has " + field);
        }
    }

    private static void values(DistinctPattern distinct, Report report) {
        Set<String> values = AttributeNames.valuesOf(distinct.field().strip().replaceFirst("^attributes\\.", ""));
        if (!values.isEmpty() && distinct.atLeast() > values.size()) {
            report.add(
                    LintCode.TOO_FEW_VALUES,
                    "at-least",
                    "there are " + values.size() + ": " + String.join(", ", values));
        }
    }
}
