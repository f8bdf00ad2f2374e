package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.ProgressPattern;
import io.faultline.detect.match.rule.ProgressPattern.Phase;
import io.faultline.detect.match.rule.SpikePattern;
import java.util.Optional;
import java.util.Set;

/** Rules that watch a pace or a number. */
final class TrackerChecks {

    private static final double LEAST_FACTOR = 1.5;
    private static final int LEAST_GAPS = 2;
    private static final int LEAST_NUMBERS = 5;
    private static final Set<String> COUNTERS = Set.of(
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
        if (rule.definition().pattern() instanceof ProgressPattern progress) {
            progress(rule, progress, report);
        }
        if (rule.definition().pattern() instanceof SpikePattern spike) {
            spike(spike, report);
        }
        stop(rule, report);
    }

    private static void progress(LintedRule rule, ProgressPattern progress, Report report) {
        if (progress.slow().isEmpty() && progress.floor().compareTo(progress.maxSilence()) >= 0) {
            report.add(LintCode.FLOOR_BEYOND_MAX_SILENCE, "floor", "floor must be shorter than max-silence");
        }
        for (Phase phase : progress.phases()) {
            if (progress.slow().isEmpty() && phase.atMost().compareTo(progress.maxSilence()) >= 0) {
                report.add(
                        LintCode.PAUSE_BEYOND_MAX_SILENCE,
                        "phases",
                        phase.name() + ": at-most must be shorter than max-silence");
            }
        }
        if (progress.stop().isBlank()) {
            report.add(LintCode.NO_STOP, "", "say under stop what ends it, as kind == 'process.exit'");
        }
        if (progress.warmUp() < LEAST_GAPS) {
            report.add(LintCode.SHORT_WARM_UP, "warm-up", "watch at least " + LEAST_GAPS + " gaps");
        }
        if (progress.factor() < LEAST_FACTOR) {
            report.add(LintCode.SMALL_FACTOR, "factor", "allow at least " + LEAST_FACTOR + " of the usual gaps");
        }
        Optional<LintedCondition> match = rule.condition("match");
        Optional<LintedCondition> demand = rule.condition("demand");
        if (match.isPresent() && demand.isPresent() && match.get().excludes(demand.get())) {
            report.add(
                    LintCode.DEMAND_NEVER, "demand", "it is asked of the events of match, and none of them meets it");
        }
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
        if (COUNTERS.contains(spike.value().strip())) {
            report.add(LintCode.VALUE_ONLY_RISES, "value", spike.value().strip() + " only rises");
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
