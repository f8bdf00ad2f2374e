package io.faultline.detect.match.life;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleDefinition.OnChange;
import io.faultline.detect.match.rule.RulePattern;
import io.faultline.model.EventKind;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a version can go on with the partial matches of the one before it. */
final class Keeping {

    private final ConditionCompiler conditions = new ConditionCompiler();

    /** Of the versions that the job itself brings, by rule: they are asked for with each checkpoint. */
    private final Map<String, String> ownShapes = new HashMap<>();

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
        return looksAtAlerts(before) == looksAtAlerts(after)
                ? ""
                : "on-change is keep, but only one of the two looks at alerts of other rules";
    }

    /** All that {@link #obstacle} compares, so short that state can hold it. */
    String shape(RuleDefinition rule) {
        RulePattern pattern = rule.pattern();
        String whole = pattern.getClass().getSimpleName() + rule.groupBy() + pattern.shape() + looksAtAlerts(rule);
        return UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** An update that says of which shape the job's own version is, where that is what runs. */
    RuleUpdate shaped(RuleUpdate update, @Nullable RuleDefinition own) {
        return update.runsOwn() && update.shape().isEmpty() && own != null
                ? update.withShape(ownShapes.computeIfAbsent(own.id(), id -> shape(own)))
                : update;
    }

    private boolean looksAtAlerts(RuleDefinition rule) {
        RulePattern pattern = rule.pattern();
        return Stream.concat(Stream.of(pattern.where(), rule.resolve().when()), pattern.conditions().stream())
                .filter(text -> !text.isBlank())
                .anyMatch(
                        text -> conditions.compile(text, problem -> {}).kinds().contains(EventKind.ALERT.id()));
    }
}
