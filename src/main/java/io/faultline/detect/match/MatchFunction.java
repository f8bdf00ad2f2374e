package io.faultline.detect.match;

import io.faultline.detect.match.GroupsFunction.Outlet;
import io.faultline.detect.match.GroupsFunction.Timers;
import io.faultline.detect.match.life.RuleUpdate;
import io.faultline.detect.match.life.RulesFunction;
import io.faultline.detect.match.life.RunningRule;
import io.faultline.detect.match.life.RunningRule.Part;
import io.faultline.detect.match.life.RunningRules;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.rule.RuleSet;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.RuleKey;
import io.faultline.model.Alert;
import io.faultline.model.Alert.Standing;
import io.faultline.model.Ending;
import io.faultline.model.NearMiss;
import io.faultline.model.RuleStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * All rules in one operator, whose key is rule, epoch and group. A group whose epoch is over is forgotten with its next timer,
 * and every group that holds something has one.
 */
public final class MatchFunction extends KeyedBroadcastProcessFunction<RuleKey, Candidate, RuleUpdate, Alert>
        implements CheckpointedFunction {

    /** What both versions of a rule with a canary find. */
    public static final OutputTag<Alert> COMPARED = new OutputTag<>("match-compared") {};

    /** Which of the alerts that are told are over, as their rules saw. */
    public static final OutputTag<Ending> ENDINGS = new OutputTag<>("match-endings") {};

    /** What the rules nearly told. */
    public static final OutputTag<NearMiss> NEAR_MISSES = new OutputTag<>("near-misses") {};

    public static final OutputTag<RuleStatus> STATUS = new OutputTag<>("match-status") {};

    /** A candidate may overtake the update of its rule, by as much as two channels differ: milliseconds, not minutes. */
    private static final long PATIENCE_MILLIS = 60_000;

    private static final long LOOK_MILLIS = 100;
    private static final long serialVersionUID = 1L;

    private final RuleSet own;
    private transient @Nullable KeyedStateStore states;
    private transient @Nullable OperatorStateStore broadcast;
    private transient RunningRules rules;
    private transient GroupsFunction groups;
    private transient Map<String, List<MatchTask>> tasks;

    /** Groups whose rule is not known here yet, and since when by the clock of the task; empty but for moments. */
    private transient Map<RuleKey, Long> awaited;

    private transient StatusFunction status;
    private transient Counter late;

    /** @param own the rules that the job brings itself */
    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public MatchFunction(RuleSet own) {
        this.own = own;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) {
        states = context.getKeyedStateStore();
        broadcast = context.getOperatorStateStore();
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // All state is keyed or broadcast.
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        var context = getRuntimeContext();
        rules = RunningFunction.restored(own, broadcast);
        groups = new GroupsFunction(
                Objects.requireNonNull(states), context.createSerializer(TypeInformation.of(Candidate.class)));
        awaited = new HashMap<>();
        tasks = new HashMap<>();
        rules.all().stream().map(rule -> rule.definition().id()).distinct().forEach(this::assign);
        status = new StatusFunction(context);
        late = context.getMetricGroup().counter("match_late_total");
    }

    @Override
    public void close() {
        if (groups != null) {
            groups.close();
        }
    }

    @Override
    public void processBroadcastElement(RuleUpdate update, Context context, Collector<Alert> out) throws Exception {
        context.getBroadcastState(RulesFunction.UPDATES).put(update.rule(), update);
        rules.take(update);
        assign(update.rule());
    }

    /** Gives each running version of a rule its task; one that goes on in its epoch keeps count of its groups. */
    private void assign(String rule) {
        List<MatchTask> before = tasks.getOrDefault(rule, List.of());
        List<MatchTask> now = new ArrayList<>();
        for (RunningRule running : rules.of(rule)) {
            MatchTask task = new MatchTask(running, groups.worker(running.definition()));
            before.stream().filter(old -> old.epoch() == task.epoch()).forEach(task::goOnFrom);
            now.add(task);
        }
        tasks.put(rule, now);
    }

    private @Nullable MatchTask task(RuleKey key) {
        for (MatchTask task : tasks.getOrDefault(key.rule(), List.of())) {
            if (task.epoch() == key.epoch()) {
                return task;
            }
        }
        return null;
    }

    @Override
    public void processElement(Candidate candidate, ReadOnlyContext context, Collector<Alert> out) throws Exception {
        MatchTask task = task(candidate.key());
        boolean isOver = task == null ? !rules.isAwaited(candidate.key()) : task.isStopped();
        if (!isOver && !groups.add(candidate, timers(context.timerService()))) {
            late.inc();
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out) throws Exception {
        RuleKey key = context.getCurrentKey();
        MatchTask task = task(key);
        if (task == null && rules.isAwaited(key) && !isHopeless(key, context)) {
            if (context.timeDomain() == TimeDomain.EVENT_TIME) {
                groups.postpone(timestamp);
            }
            lookAgain(context.timerService());
            return;
        }
        if (!awaited.isEmpty()) {
            awaited.remove(key);
        }
        if (task == null || task.isStopped()) {
            // A rule that is gone, or began anew, leaves nothing behind.
            int change = groups.forget();
            if (task != null) {
                task.count(change);
            }
            return;
        }
        advance(task, timestamp, context, out);
    }

    private void advance(MatchTask task, long timestamp, OnTimerContext context, Collector<Alert> out)
            throws Exception {
        RunningRule rule = task.rule();
        String group = context.getCurrentKey().group();
        Timers timers = timers(context.timerService());
        boolean isEventTime = context.timeDomain() == TimeDomain.EVENT_TIME;
        Outlet outlet = outlet(rule, context, out);
        int change = isEventTime
                ? groups.advance(rule.definition(), task.worker(), group, timestamp, timers, outlet)
                : groups.catchUp(rule.definition(), task.worker(), group, timers.watermark(), timers, outlet);
        task.count(change);
        String tooMuch = task.overLimit();
        if (!tooMuch.isEmpty()) {
            task.stop();
            task.count(groups.forget());
            context.output(STATUS, status.overLimit(rule, tooMuch, context.currentProcessingTime()));
        }
    }

    private static Outlet outlet(RunningRule rule, OnTimerContext context, Collector<Alert> out) {
        return new Outlet() {
            @Override
            public void tell(Alert alert) {
                if (rule.part() != Part.CANARY) {
                    out.collect(alert);
                }
                if (rule.part() != Part.ALONE) {
                    Standing only = rule.part() == Part.CANARY ? Standing.ONLY_V2 : Standing.ONLY_V1;
                    context.output(COMPARED, alert.withStanding(only));
                }
            }

            @Override
            public void over(Ending ending) {
                boolean told = rule.definition().status() != RuleDefinition.Status.SHADOW;
                if (told && rule.part() != Part.CANARY) {
                    context.output(ENDINGS, ending);
                }
            }

            @Override
            public void nearly(NearMiss miss) {
                context.output(NEAR_MISSES, miss);
            }
        };
    }

    /** Whether the update of the group's rule should long be here; the job may bring an older version than it did. */
    private boolean isHopeless(RuleKey key, OnTimerContext context) {
        long now = context.currentProcessingTime();
        return now - awaited.computeIfAbsent(key, one -> now) > PATIENCE_MILLIS;
    }

    /** On the clock, since event time may stand still; all that a group asks for meanwhile is one timer. */
    private static void lookAgain(TimerService timers) {
        long now = timers.currentProcessingTime();
        timers.registerProcessingTimeTimer(now - Math.floorMod(now, LOOK_MILLIS) + LOOK_MILLIS);
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
