package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.SpikePattern;
import java.util.Optional;
import java.util.Set;

/** Rules that watch a number. */
final class TrackerChecks {

    private static final double LEAST_FACTOR = 1.5;
    private static final int LEAST_NUMBERS = 5;

    /** Measures that only rise. */
    static final Set<String> COUNTERS = Set.of(
            "measures.step",
            "measures.total_steps",
            "measures.epoch",
            "measures.consumed_samples",
            "measures.consumed_tokens",
            "measures.iteration",
            "measures.elapsed_seconds",
            "measures.preemptions_total",
            "measures.skipped_total",
            "measures.sequence");

    private TrackerChecks() {}

    static void check(LintedRule rule, Report report) {
        if (rule.definition().pattern() instanceof SpikePattern spike) {
            spike(spike, report);
        }
        stop(rule, report);
    }

    private static void spike(SpikePattern spike, Report report) {
        if (spike.factor() < LEAST_FACTOR) {
            report.add(LintCode.SMALL_FACTOR, "factor", "allow at least " + LEAST_FACTOR + " times the average");
        }
        if (spike.warmUp() < LEAST_NUMBERS) {
            report.add(LintCode.SHORT_WARM_UP, "warm-up", "watch at least " + LEAST_NUMBERS + " numbers");
        }
        if (spike.times() == 1) {
            report.add(LintCode.SINGLE_SPIKE, "times", "wait for two or three in a row");
        }
        rising(spike.value(), report);
    }

    static void rising(String value, Report report) {
        if (COUNTERS.contains(value.strip())) {
            report.add(LintCode.VALUE_ONLY_RISES, "value", value.strip() + " only rises");
        }
    }

    private static void stop(LintedRule rule, Report report) {
        Optional<LintedCondition> match = rule.condition("match");
        Optional<LintedCondition> stop = rule.condition("stop");
        if (match.isPresent() && stop.isPresent() && match.get().implies(stop.get())) {
            report.add(LintCode.STOP_IS_MATCH, "stop", "each event of match meets it");
        }
    }
}
