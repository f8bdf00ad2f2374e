package io.faultline.detect.match;

import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.life.RunningRules;
import io.faultline.detect.match.rule.RuleSet;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.jspecify.annotations.Nullable;

/** The rules of a task as they were when its state was kept. */
final class RunningFunction {

    private RunningFunction() {}

    static RunningRules restored(RuleSet own, @Nullable OperatorStateStore states) throws Exception {
        RunningRules rules = new RunningRules(own);
        for (Map.Entry<String, RuleUpdate> kept : Objects.requireNonNull(states)
                .getBroadcastState(RulesFunction.UPDATES)
                .immutableEntries()) {
            rules.take(kept.getValue());
        }
        return rules;
    }
}
