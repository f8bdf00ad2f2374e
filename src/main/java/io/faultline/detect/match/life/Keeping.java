package io.faultline.detect.match.life;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleDefinition.OnChange;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.model.EventKind;
import java.util.stream.Stream;

/** Whether a version can go on with the partial matches of the one before it. */
final class Keeping {

    private final ConditionCompiler conditions = new ConditionCompiler();

    /** Why the groups start anew; empty where they go on. */
    String obstacle(RuleDefinition before, RuleDefinition after) {
        if (after.onChange() == OnChange.RESET) {
            return "on-change is reset";
        }
        RulePattern old = before.pattern();
        RulePattern now = after.pattern();
        if (!old.getClass().equals(now.getClass())) {
            return "on-change is keep, but the kind differs";
        }
        if (!before.groupBy().equals(after.groupBy())) {
            return "on-change is keep, but group-by differs";
        }
        if (!old.shape().equals(now.shape())) {
            return "on-change is keep, but what it remembers differs: names, order and number of the steps, within, skip,"
                    + " value";
        }
        // Rules over alerts have their groups in another operator.
        return looksAtAlerts(old) == looksAtAlerts(now)
                ? ""
                : "on-change is keep, but only one of the two looks at alerts of other rules";
    }

    private boolean looksAtAlerts(RulePattern pattern) {
        return Stream.concat(Stream.of(pattern.where()), pattern.conditions().stream())
                .filter(text -> !text.isBlank())
                .anyMatch(
                        text -> conditions.compile(text, problem -> {}).kinds().contains(EventKind.ALERT.id()));
    }
}
