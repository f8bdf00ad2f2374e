package io.faultline.detect.match.lint;

import io.faultline.detect.match.rule.AbsencePattern;
import io.faultline.detect.match.rule.NewValuePattern;
import io.faultline.detect.match.rule.PeersPattern;
import io.faultline.detect.match.rule.RarePattern;
import io.faultline.detect.match.rule.RulePattern;
import java.util.List;
import java.util.Optional;

/** Rules that know what should come, and who is like whom. */
final class AbsenceChecks {

    private static final double LEAST_PEER_FACTOR = 1.05;
    private static final double NOT_RARE = 0.1;

    private AbsenceChecks() {}

    static void check(LintedRule rule, Report report) {
        RulePattern pattern = rule.definition().pattern();
        if (pattern instanceof AbsencePattern absence) {
            absence(rule, absence, report);
        }
        if (pattern instanceof PeersPattern peers && peers.factor() < LEAST_PEER_FACTOR && peers.floor() == 0) {
            String text = "ask for at least " + LEAST_PEER_FACTOR + " times the median, or set a floor";
            report.add(LintCode.SMALL_FACTOR, "factor", text);
        }
        if (pattern instanceof NewValuePattern values) {
            if (values.learn().isZero()) {
                report.add(LintCode.NO_LEARNING, "learn", "the first value of each group would be told");
            }
            if (values.learn().compareTo(values.forget()) >= 0) {
                report.add(LintCode.LEARN_BEYOND_FORGET, "learn", "learn must be shorter than forget");
            }
        }
        if (pattern instanceof RarePattern rare && rare.share() >= NOT_RARE) {
            report.add(LintCode.NOT_RARE, "share", "one of " + Math.round(1 / rare.share()) + " events is not rare");
        }
    }

    private static void absence(LintedRule rule, AbsencePattern absence, Report report) {
        if (absence.every().compareTo(absence.maxSilence()) >= 0) {
            report.add(LintCode.EVERY_BEYOND_MAX_SILENCE, "every", "every must be shorter than max-silence");
        }
        Optional<LintedCondition> match = rule.condition("match");
        Optional<LintedCondition> until = rule.condition("until");
        if (match.isPresent() && until.isPresent() && match.get().implies(until.get())) {
            report.add(LintCode.STOP_IS_MATCH, "until", "each event of match meets it");
        }
        for (int i = 0; i < absence.expected().size(); i++) {
            String expected = absence.expected().get(i);
            if (!expected.equals(AbsencePattern.INVENTORY)
                    && !rule.definition().knowsGroup(absence.entities(List.of()).get(named(absence, i)))) {
                report.add(LintCode.EXPECTED_WITHOUT_GROUP, "expected", expected + " has not all parts of group-by");
            }
        }
    }

    /** Which of the entities is meant: the inventory's are none here. */
    private static int named(AbsencePattern absence, int index) {
        return (int) absence.expected().subList(0, index).stream()
                .filter(one -> !one.equals(AbsencePattern.INVENTORY))
                .count();
    }
}
