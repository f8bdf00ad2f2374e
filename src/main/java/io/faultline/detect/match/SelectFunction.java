package io.faultline.detect.match;

import io.faultline.detect.match.condition.ConditionCompiler;
import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.life.RunningRule;
import io.faultline.detect.match.life.RunningRules;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import io.faultline.model.RuleStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Tests the rules' conditions before the shuffle; only what a rule cares about goes on. */
public final class SelectFunction extends BroadcastProcessFunction<LogEvent, RuleUpdate, Candidate>
        implements CheckpointedFunction {

    /** The candidates of rules that wait for alerts of other rules: those are matched in a second round. */
    public static final OutputTag<Candidate> LATER = new OutputTag<>("select-later") {};

    public static final OutputTag<RuleStatus> STATUS = new OutputTag<>("select-status") {};

    private static final long serialVersionUID = 1L;

    private final RuleSet own;
    private final List<String> inventory;
    private transient @Nullable OperatorStateStore states;
    private transient RunningRules rules;
    private transient ConditionCompiler compiler;
    private transient Map<RunningRule, CompiledRule> compiled;

    /** Null where the rules changed since it was made. */
    private transient @Nullable RuleIndex index;

    /** Those that cost too much here, until they change or the task restarts. */
    private transient Set<RunningRule> tooDear;

    private transient List<RunningRule> newlyTooDear;
    private transient StatusFunction status;

    /**
     * @param own the rules that the job brings itself
     * @param inventory the entities that rules can expect, each as {@code cluster=lab node=gpu-a1}
     */
    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public SelectFunction(RuleSet own, List<String> inventory) {
        this.own = own;
        this.inventory = List.copyOf(inventory);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        states = context.getOperatorStateStore();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // Broadcast state alone.
    }

    @Override
    public void open(OpenContext context) throws Exception {
        rules = RunningFunction.restored(own, states);
        compiler = new ConditionCompiler();
        compiled = new HashMap<>();
        tooDear = new HashSet<>();
        newlyTooDear = new ArrayList<>();
        status = new StatusFunction(getRuntimeContext());
    }

    @Override
    public void processElement(LogEvent event, ReadOnlyContext context, Collector<Candidate> out) {
        if (index == null) {
            // Each subtask says it, after each start and change: who expects twice expects once.
            long watermark = context.currentWatermark();
            long from = Math.max(event.timestamp().toEpochMilli(), watermark + 1);
            index().expect(inventory, from, out::collect, candidate -> context.output(LATER, candidate));
        }
        // What was read twice happened once.
        if (!event.has(QualityMark.DUPLICATE)) {
            index().select(event, out::collect, candidate -> context.output(LATER, candidate));
            if (!newlyTooDear.isEmpty()) {
                stopThoseThatCostTooMuch(context);
            }
        }
    }

    @Override
    public void processBroadcastElement(RuleUpdate update, Context context, Collector<Candidate> out) throws Exception {
        context.getBroadcastState(RulesFunction.UPDATES).put(update.rule(), update);
        rules.take(update);
        tooDear.retainAll(rules.all());
        index = null;
    }

    private RuleIndex index() {
        RuleIndex current = index;
        if (current == null) {
            List<RunningRule> all = rules.all();
            compiled.keySet().retainAll(all);
            current = new RuleIndex(all.stream()
                    .filter(rule -> !tooDear.contains(rule))
                    .map(rule ->
                            compiled.computeIfAbsent(rule, one -> new CompiledRule(one, compiler, newlyTooDear::add)))
                    .toList());
            index = current;
        }
        return current;
    }

    private void stopThoseThatCostTooMuch(ReadOnlyContext context) {
        for (RunningRule rule : newlyTooDear) {
            String why = "its conditions take longer than "
                    + rule.definition().limits().costMicros() + " µs an event";
            context.output(STATUS, status.overLimit(rule, why, context.currentProcessingTime()));
        }
        tooDear.addAll(newlyTooDear);
        newlyTooDear.clear();
        index = null;
    }
}
