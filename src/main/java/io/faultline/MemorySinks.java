package io.faultline;

import io.faultline.model.ActionRequest;
import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.AuditEntry;
import io.faultline.model.EventKind;
import io.faultline.model.Incident;
import io.faultline.model.JobAccount;
import io.faultline.model.LogEvent;
import io.faultline.model.NearMiss;
import io.faultline.model.Notification;
import io.faultline.model.Rejected;
import io.faultline.model.RulePrecision;
import io.faultline.model.RuleStatus;
import io.faultline.model.WindowStatistics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Keeps what a bounded run found in memory: incidents, alerts and what nearly was one whole, the rest counted or kept up to a limit, so that
 * a run over any amount of logs stays small.
 */
public final class MemorySinks implements Sinks, AutoCloseable {

    /** More points than this no chart shows. */
    private static final int MAX_STATISTICS = 200_000;

    private static final int MAX_REJECTED = 1_000;

    private final String run = UUID.randomUUID().toString();
    private final Consumer<Incident> onIncident;
    private final Consumer<LogEvent> onEvent;
    private final LongAdder events = new LongAdder();
    private final Map<EventKind, LongAdder> eventsByKind = new ConcurrentHashMap<>();
    private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong earliest = new AtomicLong(Long.MAX_VALUE);
    private final Queue<WindowStatistics> statistics = new ConcurrentLinkedQueue<>();
    private final AtomicLong statisticsSize = new AtomicLong();
    private final Map<String, Alert> alerts = new ConcurrentHashMap<>();
    private final Queue<NearMiss> misses = new ConcurrentLinkedQueue<>();
    private final Map<String, Incident> incidents = new ConcurrentHashMap<>();
    private final Queue<JobAccount> accounts = new ConcurrentLinkedQueue<>();
    private final Map<String, RulePrecision> precision = new ConcurrentHashMap<>();
    private final Map<String, AlertState> alertStates = new ConcurrentHashMap<>();
    private final Queue<ActionRequest> actions = new ConcurrentLinkedQueue<>();
    private final Queue<AuditEntry> audit = new ConcurrentLinkedQueue<>();
    private final Queue<Notification> notifications = new ConcurrentLinkedQueue<>();
    private final Queue<Rejected> rejected = new ConcurrentLinkedQueue<>();
    private final Queue<RuleStatus> ruleStatus = new ConcurrentLinkedQueue<>();
    private final Map<Rejected.Reason, LongAdder> rejectedByReason = new ConcurrentHashMap<>();
    private final List<String> keys = new ArrayList<>();

    public MemorySinks() {
        this(incident -> {}, event -> {});
    }

    /**
     * @param onIncident told each revision of each incident as it comes
     * @param onEvent told each event as it comes, by several threads where there are several subtasks
     */
    public MemorySinks(Consumer<Incident> onIncident, Consumer<LogEvent> onEvent) {
        this.onIncident = onIncident;
        this.onEvent = onEvent;
    }

    @Override
    public void events(DataStream<LogEvent> stream) {
        sink(stream, "events", event -> {
            onEvent.accept(event);
            eventsByKind.computeIfAbsent(event.kind(), kind -> new LongAdder()).increment();
            if (event.kind().isOfNoLine()) {
                return;
            }
            events.increment();
            long time = event.timestamp().toEpochMilli();
            if (time > latest.get()) {
                latest.accumulateAndGet(time, Math::max);
            }
            if (time < earliest.get()) {
                earliest.accumulateAndGet(time, Math::min);
            }
        });
    }

    @Override
    public void statistics(DataStream<WindowStatistics> stream) {
        sink(stream, "statistics", window -> {
            if (statisticsSize.incrementAndGet() <= MAX_STATISTICS) {
                statistics.add(window);
            }
        });
    }

    @Override
    public void alerts(DataStream<Alert> stream) {
        sink(stream, "alerts", alert -> alerts.put(alert.fingerprint(), alert));
    }

    @Override
    public void alertStates(DataStream<AlertState> stream) {
        sink(
                stream,
                "alert-states",
                state -> alertStates.merge(
                        state.id(), state, (old, next) -> next.revision() >= old.revision() ? next : old));
    }

    @Override
    public void nearMisses(DataStream<NearMiss> stream) {
        sink(stream, "near-misses", misses::add);
    }

    @Override
    public void accounts(DataStream<JobAccount> stream) {
        sink(stream, "accounts", accounts::add);
    }

    @Override
    public void incidents(DataStream<Incident> stream) {
        sink(stream, "incidents", incident -> {
            incidents.merge(incident.id(), incident, (old, next) -> next.revision() >= old.revision() ? next : old);
            onIncident.accept(incident);
        });
    }

    @Override
    public void actions(DataStream<ActionRequest> stream) {
        sink(stream, "actions", actions::add);
    }

    @Override
    public void audit(DataStream<AuditEntry> stream) {
        sink(stream, "audit", audit::add);
    }

    @Override
    public void notifications(DataStream<Notification> stream) {
        sink(stream, "notifications", notifications::add);
    }

    @Override
    public void rulePrecision(DataStream<RulePrecision> stream) {
        sink(stream, "rule-precision", one -> precision.put(one.rule(), one));
    }

    @Override
    public void rejected(DataStream<Rejected> stream) {
        sink(stream, "rejected", one -> {
            LongAdder count = rejectedByReason.computeIfAbsent(one.reason(), reason -> new LongAdder());
            count.increment();
            if (count.sum() <= MAX_REJECTED) {
                rejected.add(one);
            }
        });
    }

    @Override
    public void ruleStatus(DataStream<RuleStatus> stream) {
        sink(stream, "rule-status", ruleStatus::add);
    }

    /** The events that were read; without those that tell of the logs themselves. */
    public long eventCount() {
        return events.sum();
    }

    public long eventCount(EventKind kind) {
        LongAdder count = eventsByKind.get(kind);
        return count == null ? 0 : count.sum();
    }

    public Collection<WindowStatistics> statistics() {
        return List.copyOf(statistics);
    }

    public List<Alert> alerts() {
        return alerts.values().stream()
                .sorted(Comparator.comparing(Alert::startsAt).thenComparing(Alert::fingerprint))
                .toList();
    }

    public List<NearMiss> nearMisses() {
        return misses.stream()
                .sorted(Comparator.comparing(NearMiss::endedAt).thenComparing(NearMiss::id))
                .toList();
    }

    /** The last revision of each incident that is not a part of another one, worst first, then by time. */
    public List<Incident> incidents() {
        return incidents.values().stream()
                .filter(incident -> incident.state() != Incident.State.MERGED)
                .sorted(Comparator.comparing(Incident::severity)
                        .reversed()
                        .thenComparing(Incident::startedAt)
                        .thenComparing(Incident::id))
                .toList();
    }

    /** How jobs spent their time, in the order in which it was told. */
    public List<JobAccount> accounts() {
        return List.copyOf(accounts);
    }

    /** What people's verdicts say of rules, by the rule's id. */
    public Map<String, RulePrecision> rulePrecision() {
        return Map.copyOf(precision);
    }

    /** The last state of each alert, by time. */
    public List<AlertState> alertStates() {
        return alertStates.values().stream()
                .sorted(Comparator.comparing(AlertState::startsAt).thenComparing(AlertState::id))
                .toList();
    }

    /** What the job asked for, in the order in which it was told. */
    public List<ActionRequest> actions() {
        return List.copyOf(actions);
    }

    /** What people and the job did, in the order in which it was told. */
    public List<AuditEntry> audit() {
        return List.copyOf(audit);
    }

    public List<Notification> notifications() {
        return List.copyOf(notifications);
    }

    /** The first {@value #MAX_REJECTED} of each reason. */
    public List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    /** What became of rules, in the order in which it was told. */
    public List<RuleStatus> ruleStatus() {
        return List.copyOf(ruleStatus);
    }

    public long rejectedCount(Rejected.Reason reason) {
        LongAdder count = rejectedByReason.get(reason);
        return count == null ? 0 : count.sum();
    }

    public long rejectedCount() {
        return rejectedByReason.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** The time of the first and the last event, or the epoch twice where there was none. */
    public java.time.Instant earliestEvent() {
        return java.time.Instant.ofEpochMilli(eventCount() == 0 ? 0 : earliest.get());
    }

    public java.time.Instant latestEvent() {
        return java.time.Instant.ofEpochMilli(eventCount() == 0 ? 0 : latest.get());
    }

    @Override
    public void close() {
        keys.forEach(MemorySink::forget);
    }

    private <T> void sink(DataStream<T> stream, String name, Consumer<T> consumer) {
        String key = run + "/" + name;
        keys.add(key);
        stream.sinkTo(new MemorySink<>(key, consumer)).uid("memory-" + name).name("memory-" + name);
    }
}
