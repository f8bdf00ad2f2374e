package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.detect.match.rule.Comparison;
import java.util.List;
import java.util.Set;

/** Whether numbers that measures are compared with can be theirs. */
final class ThresholdChecks {

    private static final double DAY = 86_400;
    private static final double KIB = 1024;
    private static final int MOST_SEVERE = 24;

    /** Ratios of two numbers of which the second may be the smaller one. */
    private static final Set<String> UNLIMITED = Set.of("rank_time_ratio", "fan_speed_ratio");

    /** Differences, and what a program returns. */
    private static final Set<String> SIGNED = Set.of(
            "skew_seconds",
            "exit_code",
            "temperature_margin_celsius",
            "temperature_celsius",
            "memory_temperature_celsius",
            "loss",
            "train_loss",
            "eval_loss",
            "mtp_loss",
            "entropy",
            "kl_divergence",
            "reward_mean",
            "oom_score_adj",
            "value",
            "mean",
            "min",
            "max",
            "p50",
            "p90",
            "p99",
            "status",
            "other_failures");

    private ThresholdChecks() {}

    static void check(LintedRule rule, Report report) {
        for (LintedCondition condition : rule.allConditions()) {
            for (Leaf leaf : condition.tree().leaves()) {
                for (Object constant : leaf.constants()) {
                    if (constant instanceof Double number) {
                        check(leaf, number, condition.path(), report);
                    }
                }
            }
        }
    }

    /** The number that a window ends with. */
    static void check(String value, Comparison condition, Report report) {
        String sign = condition.toString().substring(0, condition.toString().indexOf(' '));
        String subject = value.startsWith("measures.") ? value : "";
        String text = value.replace("measures.share_ratio", "the share") + " " + condition;
        check(new Leaf(text, subject, sign, List.of(condition.limit())), condition.limit(), "condition", report);
    }

    private static void check(Leaf leaf, double number, String path, Report report) {
        boolean severity = leaf.subject().equals("severity");
        String measure = leaf.measure();
        boolean ratio = measure.endsWith("_ratio") && !UNLIMITED.contains(measure);
        double least = severity ? 1 : measure.isEmpty() || SIGNED.contains(measure) ? Double.NEGATIVE_INFINITY : 0;
        double most = severity ? MOST_SEVERE : ratio ? 1 : Double.POSITIVE_INFINITY;
        if (ratio && number > 1 && number <= 100) {
            report.add(
                    LintCode.PERCENT_FOR_RATIO,
                    path,
                    leaf.text() + ": ratios are 0…1; did you mean " + number / 100 + "?");
        } else if (decides(leaf.operator(), number, least, most)) {
            report.add(
                    LintCode.THRESHOLD_OUT_OF_UNIT,
                    path,
                    leaf.text() + " always answers the same: it is "
                            + (severity ? "1…24" : ratio ? "0…1" : "never negative"));
        }
        plausibility(leaf, number, path, report);
    }

    /** Whether the comparison is decided by the range of the number alone. */
    private static boolean decides(String operator, double number, double least, double most) {
        return switch (operator) {
            case ">" -> number >= most || number < least;
            case ">=" -> number > most || number <= least;
            case "<" -> number <= least || number > most;
            case "<=" -> number < least || number >= most;
            default -> number < least || number > most;
        };
    }

    private static void plausibility(Leaf leaf, double number, String path, Report report) {
        String measure = leaf.measure();
        if (measure.endsWith("_seconds") && number > DAY) {
            report.add(LintCode.IMPLAUSIBLE_SECONDS, path, leaf.text() + " is more than a day; times are seconds");
        }
        if (measure.endsWith("_bytes") && number > 0 && number < KIB) {
            report.add(LintCode.IMPLAUSIBLE_BYTES, path, leaf.text() + " is less than a KiB; sizes are bytes");
        }
        boolean equality = leaf.operator().equals("==")
                || leaf.operator().equals("!=")
                || leaf.operator().equals("in");
        if (equality && !measure.isEmpty() && number != Math.rint(number)) {
            report.add(LintCode.EQUALITY_OF_DECIMAL, path, leaf.text() + ": compare with < or >");
        }
    }
}
