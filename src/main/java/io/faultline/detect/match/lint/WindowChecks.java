package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.ChangePattern;
import io.faultline.detect.match.rule.DistinctPattern;
import io.faultline.detect.match.rule.FrequencyPattern;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.detect.match.rule.WindowPattern;
import io.faultline.detect.match.rule.WindowPattern.Aggregate;
import io.faultline.settings.Durations;
import java.time.Duration;
import java.util.Optional;

/** Rules that count or compare over a time. */
final class WindowChecks {

    private static final Duration LATE = Duration.ofHours(1);
    private static final double LEAST_CHANGE = 0.02;

    private WindowChecks() {}

    static void check(LintedRule rule, Report report) {
        RulePattern pattern = rule.definition().pattern();
        if (pattern instanceof WindowPattern window) {
            window(rule, window, report);
        }
        if (pattern instanceof ChangePattern change) {
            change(change, report);
        }
        if (pattern instanceof FrequencyPattern frequency) {
            SequenceChecks.within(frequency.within(), report);
        }
        if (pattern instanceof DistinctPattern distinct) {
            SequenceChecks.within(distinct.within(), report);
        }
    }

    private static void window(LintedRule rule, WindowPattern window, Report report) {
        if (!window.window().isSession() && window.window().slide().compareTo(LATE) > 0) {
            String text = "it is told up to " + Durations.text(window.window().slide()) + " late; let the window slide";
            report.add(LintCode.TOLD_LATE, "window", text);
        }
        if (window.isRatio()) {
            ratio(rule, report);
        }
        if (window.isRatio() || window.aggregate() != Aggregate.SUM) {
            String value =
                    window.isRatio() ? "measures.share_ratio" : window.value().strip();
            ThresholdChecks.check(value, window.condition(), report);
        }
        if (!window.isRatio() && window.aggregate() != Aggregate.LAST) {
            TrackerChecks.rising(window.value(), report);
        }
    }

    private static void ratio(LintedRule rule, Report report) {
        Optional<LintedCondition> match = rule.condition("match");
        Optional<LintedCondition> of = rule.condition("of");
        if (match.isEmpty() || of.isEmpty()) {
            return;
        }
        if (match.get().excludes(of.get())) {
            report.add(LintCode.OF_NEVER, "of", "it is asked of the events of match, and none of them meets it");
        } else if (match.get().implies(of.get())) {
            report.add(LintCode.OF_ALWAYS, "of", "each event of match meets it, so the share is always 1");
        }
    }

    private static void change(ChangePattern change, Report report) {
        if (change.by() < LEAST_CHANGE && change.floor() == 0) {
            report.add(
                    LintCode.SMALL_FACTOR, "by", "look for a change of at least " + LEAST_CHANGE + ", or set a floor");
        }
        TrackerChecks.rising(change.value(), report);
    }
}
