package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.SequencePattern;
import io.faultline.detect.match.rule.SequencePattern.Contiguity;
import io.faultline.detect.match.rule.SequencePattern.Skip;
import io.faultline.detect.match.rule.SequenceStep;
import io.faultline.model.Entity.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Steps in an order. */
final class SequenceChecks {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int SEVERAL = 3;

    private SequenceChecks() {}

    static void check(LintedRule rule, Report report) {
        if (rule.definition().pattern() instanceof SequencePattern sequence) {
            List<SequenceStep> steps = sequence.steps();
            for (int i = 0; i < steps.size(); i++) {
                step(rule, sequence, i, report);
            }
            neighbours(rule, steps, report);
            times(sequence, report);
            witnesses(rule, sequence, report);
        }
    }

    private static Optional<LintedCondition> condition(LintedRule rule, int step) {
        return rule.condition("match[" + step + "].where");
    }

    private static void step(LintedRule rule, SequencePattern sequence, int number, Report report) {
        SequenceStep step = sequence.steps().get(number);
        String path = "match[" + number + "]";
        if (!step.name().matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            report.add(LintCode.STEP_NAME, path + ".name", "\"" + step.name() + "\"; write it as xid-then-exit");
        }
        condition(rule, number).ifPresent(condition -> {
            boolean possibleAlone = !Cases.of(condition.tree(), true).areImpossible();
            if (possibleAlone && condition.cases().areImpossible()) {
                report.add(LintCode.UNREACHABLE_STEP, path + ".where", "the rule's where lets no such event in");
            }
        });
        boolean last = number == sequence.steps().size() - 1;
        boolean unbounded = step.most() == Integer.MAX_VALUE;
        if (unbounded && step.contiguity() == Contiguity.ANY) {
            String text = step.least() + "+ with contiguity any: n events are 2^n partial matches; use relaxed";
            report.add(LintCode.UNBOUNDED_LOOP, path, text);
        } else if (last && step.most() > step.least() && sequence.skip() == Skip.PAST_LAST) {
            String text = "the match is told after " + step.least() + " already; write times: " + step.least();
            report.add(LintCode.LOOP_AT_THE_END, path + ".times", text);
        }
        boolean strict = step.contiguity() == Contiguity.STRICT && (number > 0 || step.most() > 1);
        if (strict && sequence.where().isBlank()) {
            String text = "strict breaks at any other event of the group, as a debug line; let in by where what counts";
            report.add(LintCode.STRICT_WITHOUT_WHERE, path + ".contiguity", text);
        }
        if (number == 0 && step.most() == 1 && step.contiguity() != Contiguity.RELAXED) {
            report.add(LintCode.CONTIGUITY_WITHOUT_EFFECT, path + ".contiguity", "nothing is before the first step");
        }
    }

    private static void neighbours(LintedRule rule, List<SequenceStep> steps, Report report) {
        for (int i = 1; i < steps.size(); i++) {
            Optional<LintedCondition> before = condition(rule, i - 1);
            Optional<LintedCondition> after = condition(rule, i);
            if (before.isEmpty() || after.isEmpty()) {
                continue;
            }
            String path = "match[" + i + "].where";
            if (steps.get(i - 1).not() && !steps.get(i).not() && after.get().implies(before.get())) {
                String text =
                        steps.get(i).name() + " is always " + steps.get(i - 1).name() + ", which must not happen";
                report.add(LintCode.NOT_FORBIDS_STEP, path, text);
            } else if (steps.get(i).not() == steps.get(i - 1).not() && sameText(before.get(), after.get())) {
                report.add(LintCode.DUPLICATE_CONDITION, path, "write one step with times: 2");
            }
        }
    }

    private static boolean sameText(LintedCondition one, LintedCondition other) {
        return one.tree().text().equals(other.tree().text());
    }

    private static void times(SequencePattern sequence, Report report) {
        Duration within = sequence.within();
        List<SequenceStep> steps = sequence.steps();
        boolean one = steps.size() == 1 && steps.get(0).most() == 1;
        if (one && !within.isZero()) {
            report.add(LintCode.WITHIN_WITHOUT_NEED, "within", "one event needs no within");
        } else {
            within(within, report);
        }
        boolean combines = steps.stream().anyMatch(step -> step.contiguity() == Contiguity.ANY);
        if (sequence.skip() == Skip.NONE && (combines || steps.stream().anyMatch(step -> step.most() >= SEVERAL))) {
            report.add(LintCode.LOUD_SKIP, "skip", "none tells each combination; past-last tells one");
        }
    }

    static void within(Duration within, Report report) {
        if (within.compareTo(LONGEST) > 0) {
            report.add(LintCode.WITHIN_TOO_LONG, "within", "the events of more than a day are kept for each group");
        } else if (!within.isZero() && within.compareTo(SHORTEST) < 0) {
            report.add(LintCode.WITHIN_TOO_SHORT, "within", "most logs write no fractions of a second");
        }
    }

    private static void witnesses(LintedRule rule, SequencePattern sequence, Report report) {
        if (sequence.witnesses().isBlank()) {
            return;
        }
        rule.condition("witnesses").ifPresent(condition -> {
            boolean known = condition.kinds().stream().anyMatch(kind -> KindEntities.mayKnow(kind, Level.RANK));
            if (!known && !condition.kinds().isEmpty()) {
                String text = "no event of " + String.join(", ", condition.kinds()) + " knows its rank";
                report.add(LintCode.WITNESS_WITHOUT_RANK, "witnesses", text);
            }
        });
    }
}
