package io.faultline.detect.match;

import io.faultline.detect.match.life.RunningRule;
import io.faultline.model.RuleStatus;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells that a rule costs one task more than it may. */
final class StatusFunction {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFunction.class);

    private final String task;
    private final Counter overLimit;

    StatusFunction(RuntimeContext context) {
        task = context.getTaskInfo().getTaskName() + " "
                + (context.getTaskInfo().getIndexOfThisSubtask() + 1);
        overLimit = context.getMetricGroup().counter("rules_over_limit_total");
    }

    /** @param now by the clock of the task, in milliseconds */
    RuleStatus overLimit(RunningRule rule, String why, long now) {
        overLimit.inc();
        String detail = why + "; it is paused in " + task + " until it changes or that restarts";
        LOG.warn("Rule {}: {}", rule.definition().id(), detail);
        return new RuleStatus(
                rule.definition().id(),
                rule.definition().version(),
                RuleStatus.State.OVER_LIMIT,
                Instant.ofEpochMilli(now),
                task,
                detail);
    }
}
