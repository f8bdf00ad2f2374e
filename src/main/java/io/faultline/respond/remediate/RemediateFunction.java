package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import io.faultline.model.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Carries incidents, results and approvals to the {@link Remediator}. The key is the cluster, since its circuit breaker
 * counts all its actions.
 *
 * <p>Its clock is processing time: approvals are given by people, orders are carried out by machines, and both happen now,
 * whatever time the logs are of. What event time would do here is done by {@link RemediateSettings#maxAge()}: a job that
 * reads old logs proposes and does nothing.
 */
public final class RemediateFunction
        extends KeyedBroadcastProcessFunction<String, RemediateInput, Approval, ActionRequest> {

    /** What was done, for the record. */
    public static final OutputTag<AuditEntry> AUDIT = new OutputTag<>("audit", TypeInformation.of(AuditEntry.class));

    /**
     * Approvals by their action's id, at most {@link #MOST_APPROVALS}, the oldest go first: one may be read again before the
     * incident that its action is for, after a restart.
     */
    public static final MapStateDescriptor<String, Approval> APPROVALS =
            new MapStateDescriptor<>("approvals", Types.STRING, TypeInformation.of(Approval.class));

    private static final long serialVersionUID = 1L;

    private static final int MOST_APPROVALS = 1000;

    /** How late something that is due may be. */
    private static final long TICK_MILLIS = 10_000;

    /** How late a circuit breaker that closes again is told of. */
    private static final long CALM_TICK_MILLIS = 60_000;

    private final RemediateSettings settings;
    private final NodeCounts written;
    private final Duration longestShare;
    private transient ActionCounts counts;
    private transient ValueStateDescriptor<Ledger> description;

    /**
     * Per cluster: at most {@link RemediateSettings#maxActions()} actions, some hundred bytes each. One ends {@link
     * RemediateSettings#remember()} after it is over, by a timer; the state ends with its last one.
     */
    private transient ValueState<Ledger> ledger;

    /** Per cluster: one number, how many nodes the inventory's topic gives it; ends where it gives it none any more. */
    private transient ValueState<Integer> nodes;

    /** @param written how many nodes the clusters have, as far as it was known before the job started */
    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public RemediateFunction(RemediateSettings settings, NodeCounts written) {
        this.settings = settings;
        this.written = written;
        this.longestShare = settings.playbooks().stream()
                .map(Playbook::per)
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    @Override
    public void open(OpenContext context) {
        description = new ValueStateDescriptor<>("ledger", TypeInformation.of(Ledger.class));
        ledger = getRuntimeContext().getState(description);
        nodes = getRuntimeContext().getState(new ValueStateDescriptor<>("nodes", Types.INT));
        counts = new ActionCounts();
        tellMetrics(counts, getRuntimeContext().getMetricGroup());
    }

    static void tellMetrics(ActionCounts counts, MetricGroup group) {
        for (ActionRequest.State state : ActionRequest.State.values()) {
            group.addGroup("state", state.id())
                    .gauge("remediate_actions_total", (Gauge<Long>) () -> counts.came(state));
        }
        for (Obstacle.Rail rail : EnumSet.complementOf(EnumSet.of(Obstacle.Rail.NONE))) {
            group.addGroup("rail", rail.id())
                    .gauge("remediate_blocked_total", (Gauge<Long>) () -> counts.stopped(rail));
        }
        group.gauge("remediate_waiting", (Gauge<Integer>) counts::waiting);
        group.gauge("remediate_open_breakers", (Gauge<Integer>) counts::openBreakers);
    }

    @Override
    public void processElement(RemediateInput input, ReadOnlyContext context, Collector<ActionRequest> out)
            throws Exception {
        if (input.kind() == RemediateInput.Kind.SIZE) {
            if (input.nodes() == 0) {
                nodes.clear();
            } else {
                nodes.update(input.nodes());
            }
            return;
        }
        TimerService timers = context.timerService();
        Instant now = Instant.ofEpochMilli(timers.currentProcessingTime());
        String cluster = context.getCurrentKey();
        Ledger before = ledger();
        Remediator.Outcome outcome;
        if (input.kind() == RemediateInput.Kind.INCIDENT) {
            ReadOnlyBroadcastState<String, Approval> approvals = context.getBroadcastState(APPROVALS);
            outcome = remediator(cluster)
                    .incident(
                            before, cluster, Objects.requireNonNull(input.incident()), id -> find(approvals, id), now);
        } else {
            outcome = remediator(cluster).result(before, cluster, Objects.requireNonNull(input.result()), now);
        }
        keep(outcome.ledger(), timers);
        tell(cluster, outcome, now, out, entry -> context.output(AUDIT, entry));
    }

    @Override
    public void processBroadcastElement(Approval approval, Context context, Collector<ActionRequest> out)
            throws Exception {
        BroadcastState<String, Approval> approvals = context.getBroadcastState(APPROVALS);
        approvals.put(approval.action(), approval);
        dropOldest(approvals);
        Instant now = Instant.ofEpochMilli(context.currentProcessingTime());
        context.applyToKeyedState(description, (cluster, state) -> {
            Ledger before = state.value();
            if (before == null || !before.has(approval.action())) {
                return;
            }
            // The cluster is the key here too, so that its number of nodes is at hand.
            Remediator.Outcome outcome = remediator(cluster).approval(before, cluster, approval, now);
            // No timer is set here, and none is missing: an open action always has a tick to come.
            state.update(outcome.ledger());
            tell(cluster, outcome, now, out, entry -> context.output(AUDIT, entry));
        });
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<ActionRequest> out) throws Exception {
        // Not the timer's own time: after a restart that may lie long ago.
        Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
        String cluster = context.getCurrentKey();
        Remediator.Outcome outcome = remediator(cluster).tick(ledger(), cluster, now);
        keep(outcome.ledger(), context.timerService());
        tell(cluster, outcome, now, out, entry -> context.output(AUDIT, entry));
    }

    private void tell(
            String cluster,
            Remediator.Outcome outcome,
            Instant now,
            Collector<ActionRequest> out,
            Consumer<AuditEntry> record)
            throws Exception {
        counts.take(cluster, outcome, remediator(cluster).openBreakers(outcome.ledger(), cluster, now));
        outcome.requests().forEach(out::collect);
        outcome.entries().forEach(record);
    }

    private Remediator remediator(String cluster) throws Exception {
        Integer live = nodes.value();
        return new Remediator(settings, live == null ? written : new NodeCounts(Map.of(cluster, live)).or(written));
    }

    private Ledger ledger() throws Exception {
        return Objects.requireNonNullElse(ledger.value(), Ledger.EMPTY);
    }

    private void keep(Ledger next, TimerService timers) throws Exception {
        if (next.isEmpty()) {
            ledger.clear();
            return;
        }
        ledger.update(next);
        long now = timers.currentProcessingTime();
        // Where all are over nothing is due but that a circuit breaker closes again, and forgetting them.
        long tick = next.hasOpen() ? TICK_MILLIS : Math.max(TICK_MILLIS, calm(next, now));
        // On a grid, so that many inputs set one timer.
        timers.registerProcessingTimeTimer((now / tick + 1) * tick);
    }

    private long calm(Ledger ledger, long now) {
        boolean counted = ledger.latestOrder().plus(longestShare).isAfter(Instant.ofEpochMilli(now));
        return counted ? CALM_TICK_MILLIS : settings.remember().toMillis() / 16;
    }

    private static @Nullable Approval find(ReadOnlyBroadcastState<String, Approval> approvals, String id) {
        try {
            return approvals.get(id);
        } catch (Exception e) {
            throw new IllegalStateException("the approvals can not be read", e);
        }
    }

    private static void dropOldest(BroadcastState<String, Approval> approvals) throws Exception {
        List<Approval> all = new ArrayList<>();
        for (Map.Entry<String, Approval> entry : approvals.entries()) {
            all.add(entry.getValue());
        }
        if (all.size() > MOST_APPROVALS) {
            Approval oldest = all.get(0);
            for (Approval one : all) {
                oldest = one.at().isBefore(oldest.at()) ? one : oldest;
            }
            approvals.remove(oldest.action());
        }
    }
}
