package io.faultline.detect.match.lint;

import com.google.re2j.Pattern;
import io.faultline.detect.match.condition.ConditionTree.Leaf;

/** Patterns that are more, or less, than they look. */
final class RegexChecks {

    private static final String SPECIAL = ".*[](){}+?|^$\\";
    private static final java.util.regex.Pattern LOOSE_DOT =
            java.util.regex.Pattern.compile("(?<=[a-z0-9])\\.(?=[a-z0-9])");

    private RegexChecks() {}

    static void check(LintedRule rule, Report report) {
        for (LintedCondition condition : rule.allConditions()) {
            for (Leaf leaf : condition.tree().leaves()) {
                if (leaf.operator().equals("matches")) {
                    check(leaf, leaf.constants().get(0).toString(), condition.path(), report);
                }
            }
        }
    }

    private static void check(Leaf leaf, String pattern, String path, Report report) {
        if (Pattern.compile(pattern).matcher("").find()) {
            report.add(LintCode.REGEX_MATCHES_ALL, path, "\"" + pattern + "\" finds the empty text");
            return;
        }
        boolean atStart = pattern.startsWith("^");
        boolean atEnd = pattern.endsWith("$");
        String inner = pattern.substring(atStart ? 1 : 0, pattern.length() - (atEnd ? 1 : 0));
        if (inner.chars().noneMatch(letter -> SPECIAL.indexOf(letter) >= 0)) {
            String word = atStart && atEnd ? "==" : atStart ? "startsWith" : atEnd ? "endsWith" : "contains";
            String plain = word.equals("==")
                    ? leaf.subject() + " == '" + inner + "'"
                    : leaf.subject() + "." + word + "('" + inner + "')";
            report.add(LintCode.REGEX_WHERE_CONTAINS_WOULD_DO, path, "write " + plain + ", which is faster");
        } else if (pattern.startsWith(".*") || pattern.endsWith(".*")) {
            report.add(LintCode.REGEX_WITH_LOOSE_ENDS, path, "leave out .* at the ends of \"" + pattern + "\"");
        } else if (LOOSE_DOT.matcher(pattern).find()) {
            report.add(LintCode.REGEX_UNESCAPED_DOT, path, "\"" + pattern + "\": a point is written [.]");
        }
    }
}
