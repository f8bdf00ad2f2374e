package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.RuleDefinition.GroupPart;
import io.faultline.model.Entity.Level;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether events know what they are grouped by. */
final class GroupChecks {

    private static final Set<Level> OF_TRAINING = EnumSet.of(Level.JOB, Level.RUN, Level.RANK);
    private static final Set<Level> OF_INFERENCE = EnumSet.of(Level.SERVICE, Level.REPLICA);

    private GroupChecks() {}

    static void check(LintedRule rule, Report report) {
        List<GroupPart> parts = rule.definition().groupBy();
        Set<String> kinds = rule.kinds();
        if (kinds.isEmpty()) {
            return;
        }
        Set<Level> seen = new HashSet<>();
        for (GroupPart part : parts) {
            for (Level level : part.alternatives()) {
                if (!seen.add(level)) {
                    report.add(LintCode.DUPLICATE_GROUP_PART, "group-by", level.fieldName() + " stands there twice");
                }
            }
        }
        List<GroupPart> never =
                parts.stream().filter(part -> isNever(part, kinds)).toList();
        if (!parts.isEmpty() && never.size() == parts.size()) {
            report.add(
                    LintCode.GROUP_NEVER_CARRIED,
                    "group-by",
                    "no event of " + String.join(", ", kinds) + " knows " + names(never) + ", so none is matched");
        } else if (!never.isEmpty()) {
            report.add(
                    LintCode.GROUP_PART_NEVER_CARRIED,
                    "group-by",
                    "no event of " + String.join(", ", kinds) + " knows " + names(never));
        } else {
            families(parts, kinds, report);
        }
    }

    private static boolean isNever(GroupPart part, Set<String> kinds) {
        return part.alternatives().stream()
                .noneMatch(level -> kinds.stream().anyMatch(kind -> KindEntities.mayKnow(kind, level)));
    }

    private static void families(List<GroupPart> parts, Set<String> kinds, Report report) {
        boolean training = kinds.stream().allMatch(KindEntities::isOfTraining);
        boolean inference = kinds.stream().allMatch(KindEntities::isOfInference);
        if (training && all(parts, OF_INFERENCE::contains)) {
            report.add(LintCode.GROUP_OF_OTHER_FAMILY, "group-by", "training is written by jobs: group-by: [job]");
        }
        if (inference && all(parts, OF_TRAINING::contains)) {
            String text = "inference is written by replicas: group-by: [replica|service|node]";
            report.add(LintCode.GROUP_OF_OTHER_FAMILY, "group-by", text);
        }
    }

    private static boolean all(List<GroupPart> parts, Predicate<Level> those) {
        return parts.stream().flatMap(part -> part.alternatives().stream()).allMatch(those);
    }

    private static String names(List<GroupPart> parts) {
        return parts.stream()
                .flatMap(part -> part.alternatives().stream())
                .map(Level::fieldName)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
