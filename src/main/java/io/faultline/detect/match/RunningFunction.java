package io.faultline.detect.match;

import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.life.RunningRules;
import io.faultline.detect.match.rule.RuleSet;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.jspecify.annotations.Nullable;

/** The rules of a task as they were when its state was kept. */
final class RunningFunction {

    private RunningFunction() {}

    /** Keeps what runs now as well: after a restart the job may bring other versions. */
    static RunningRules restored(RuleSet own, @Nullable OperatorStateStore states) throws Exception {
        BroadcastState<String, RuleUpdate> kept =
                Objects.requireNonNull(states).getBroadcastState(RulesFunction.UPDATES);
        RunningRules rules = new RunningRules(own);
        for (Map.Entry<String, RuleUpdate> update : kept.immutableEntries()) {
            rules.restore(update.getValue());
        }
        for (RuleUpdate update : rules.kept()) {
            kept.put(update.rule(), update);
        }
        return rules;
    }
}
