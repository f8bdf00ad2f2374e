package io.faultline.detect.match;

import io.faultline.detect.match.GroupsFunction.Timers;
import io.faultline.detect.match.KindFunction.Worker;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Alert;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** All rules in one operator, whose key is rule, version and group. */
public final class MatchFunction extends KeyedProcessFunction<RuleKey, Candidate, Alert>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;

    private final RuleSet rules;
    private transient @Nullable KeyedStateStore states;
    private transient GroupsFunction groups;
    private transient Map<String, RuleDefinition> byId;
    private transient Map<String, Worker> workers;
    private transient Counter late;

    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public MatchFunction(RuleSet rules) {
        this.rules = rules;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        states = context.getKeyedStateStore();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // All state is keyed.
    }

    @Override
    public void open(OpenContext openContext) {
        var context = getRuntimeContext();
        groups = new GroupsFunction(
                Objects.requireNonNull(states), context.createSerializer(TypeInformation.of(Candidate.class)));
        byId = new HashMap<>();
        workers = new HashMap<>();
        for (RuleDefinition rule : rules.rules()) {
            byId.put(rule.id(), rule);
            workers.put(rule.id(), groups.worker(rule));
        }
        late = context.getMetricGroup().counter("match_late_total");
    }

    @Override
    public void close() {
        if (groups != null) {
            groups.close();
        }
    }

    @Override
    public void processElement(Candidate candidate, Context context, Collector<Alert> out) throws Exception {
        if (!groups.add(candidate, timers(context.timerService()))) {
            late.inc();
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out) throws Exception {
        RuleKey key = context.getCurrentKey();
        RuleDefinition rule = byId.get(key.rule());
        Worker worker = workers.get(key.rule());
        if (rule == null || worker == null || rule.version() != key.version()) {
            // A rule that is gone, or has another version now, leaves nothing behind.
            groups.forget();
            return;
        }
        groups.advance(rule, worker, key.group(), timestamp, timers(context.timerService()), out::collect);
    }

    private static Timers timers(TimerService service) {
        return new Timers() {
            @Override
            public void register(long timestamp) {
                service.registerEventTimeTimer(timestamp);
            }

            @Override
            public void delete(long timestamp) {
                service.deleteEventTimeTimer(timestamp);
            }

            @Override
            public long watermark() {
                return service.currentWatermark();
            }
        };
    }
}
