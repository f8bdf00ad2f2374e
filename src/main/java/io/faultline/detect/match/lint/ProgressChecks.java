package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.ProgressPattern;
import io.faultline.detect.match.rule.ProgressPattern.Phase;
import io.faultline.detect.match.rule.ProgressPattern.Slow;
import java.util.List;
import java.util.Optional;

/** Rules that watch whether something goes on. */
final class ProgressChecks {

    private static final double LEAST_FACTOR = 1.5;
    private static final int LEAST_GAPS = 2;

    private ProgressChecks() {}

    static void check(LintedRule rule, Report report) {
        if (rule.definition().pattern() instanceof ProgressPattern progress) {
            times(progress, report);
            demand(rule, report);
            load(rule, progress, report);
            phases(rule, progress, report);
            slow(progress.slow(), report);
            if (!progress.counter()
                    && TrackerChecks.COUNTERS.contains(progress.value().strip())) {
                String text = progress.value().strip() + " only rises; write counter: true";
                report.add(LintCode.COUNTER_AS_RATE, "value", text);
            }
        }
    }

    private static void times(ProgressPattern progress, Report report) {
        if (progress.slow().isEmpty() && progress.floor().compareTo(progress.maxSilence()) >= 0) {
            report.add(LintCode.FLOOR_BEYOND_MAX_SILENCE, "floor", "floor must be shorter than max-silence");
        }
        if (progress.stop().isBlank() && progress.floor().compareTo(progress.maxSilence()) < 0) {
            report.add(LintCode.NO_STOP, "", "say under stop what ends it, as kind == 'process.exit'");
        }
        if (progress.warmUp() < LEAST_GAPS) {
            report.add(LintCode.SHORT_WARM_UP, "warm-up", "watch at least " + LEAST_GAPS + " gaps");
        }
        if (progress.factor() < LEAST_FACTOR) {
            report.add(LintCode.SMALL_FACTOR, "factor", "allow at least " + LEAST_FACTOR + " of the usual gaps");
        }
    }

    private static void demand(LintedRule rule, Report report) {
        Optional<LintedCondition> match = rule.condition("match");
        Optional<LintedCondition> demand = rule.condition("demand");
        if (match.isEmpty() || demand.isEmpty()) {
            return;
        }
        if (match.get().excludes(demand.get())) {
            report.add(
                    LintCode.DEMAND_NEVER, "demand", "it is asked of the events of match, and none of them meets it");
        } else if (match.get().implies(demand.get())) {
            report.add(LintCode.DEMAND_ALWAYS, "demand", "each event of match meets it; leave it out");
        }
    }

    private static void load(LintedRule rule, ProgressPattern progress, Report report) {
        Optional<LintedCondition> match = rule.condition("match");
        Optional<LintedCondition> load = rule.condition("under-load");
        if (load.isPresent() && progress.slow().isEmpty()) {
            report.add(LintCode.LOAD_IN_VAIN, "under-load", "nothing is told as slow; write slow, or leave it out");
        }
        if (match.isPresent() && load.isPresent() && match.get().excludes(load.get())) {
            report.add(
                    LintCode.LOAD_NEVER, "under-load", "it is asked of the events of match, and none of them meets it");
        }
    }

    private static void phases(LintedRule rule, ProgressPattern progress, Report report) {
        List<Phase> phases = progress.phases();
        for (int i = 0; i < phases.size(); i++) {
            Phase phase = phases.get(i);
            String path = "phases[" + i + "]";
            if (progress.slow().isEmpty() && phase.atMost().compareTo(progress.maxSilence()) >= 0) {
                report.add(
                        LintCode.PAUSE_BEYOND_MAX_SILENCE,
                        path,
                        phase.name() + ": at-most must be shorter than max-silence");
            }
            Optional<LintedCondition> from = rule.condition(path + ".from");
            Optional<LintedCondition> until = rule.condition(path + ".until");
            Optional<LintedCondition> match = rule.condition("match");
            if (from.isPresent() && match.isPresent() && match.get().implies(from.get())) {
                report.add(LintCode.PHASE_IS_MATCH, path + ".from", "each event of match begins " + phase.name());
            }
            if (from.isPresent() && until.isPresent() && from.get().implies(until.get())) {
                report.add(LintCode.PHASE_WITHOUT_LENGTH, path + ".until", "what begins " + phase.name() + " ends it");
            }
            for (Phase other : phases.subList(0, i)) {
                if (other.name().equals(phase.name()) || other.from().equals(phase.from())) {
                    report.add(LintCode.DUPLICATE_PHASE, path, "is " + other.name() + " again");
                }
            }
        }
    }

    /** What is below less for longer is below more for shorter. */
    private static void slow(List<Slow> slow, Report report) {
        for (int i = 0; i < slow.size(); i++) {
            Slow one = slow.get(i);
            for (Slow other : slow) {
                boolean before = other.below() >= one.below() && other.lasting().compareTo(one.lasting()) <= 0;
                if (before && !other.equals(one)) {
                    report.add(
                            LintCode.REDUNDANT_SLOW, "slow[" + i + "]", "below " + other.below() + " is told before");
                }
            }
        }
    }
}
