package io.faultline.detect.match;

import io.faultline.detect.match.RulePattern.Progress;
import io.faultline.detect.match.RulePattern.Sequence;
import io.faultline.detect.match.RulePattern.Spike;
import io.faultline.model.Alert;
import io.faultline.model.Ranks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.cep.configuration.SharedBufferCacheConfig;
import org.apache.flink.cep.nfa.NFAState;
import org.apache.flink.cep.nfa.NFAStateSerializer;
import org.apache.flink.cep.nfa.sharedbuffer.SharedBuffer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * All rules in one operator, whose key is rule, version and group. Candidates wait for the watermark and are then fed in
 * the order of their time to the rule's automaton or tracker. States have fixed names that serve all rules, so a rule
 * more is no state more. Beside what waits, a group has at most one timer of its own, the wake-up.
 */
public final class MatchFunction extends KeyedProcessFunction<RuleKey, Candidate, Alert> {

    private static final long serialVersionUID = 1L;
    private static final long NEVER = Long.MAX_VALUE;

    private final RuleSet rules;
    private transient Map<String, RuleDefinition> byId;
    private transient Map<String, AutomatonFunction> automata;
    private transient SharedBufferStoreFunction store;
    private transient SharedBuffer<Candidate> buffer;
    private transient Counter late;

    /** Key: rule and group. Candidates by time, for as long as the watermark is behind them: about a minute's. */
    private transient MapState<Long, List<Candidate>> waiting;

    /** Key: rule and group. The automaton's partial matches; cleared with the shared buffer when it is at its start. */
    private transient ValueState<NFAState> partial;

    /** Key: rule and group. Who told it since the first step, 8 KiB at most; cleared with the partial matches. */
    private transient ValueState<Ranks> witnesses;

    /** Key: rule and group. About one KiB; cleared by a stop event or after max-silence. */
    private transient ValueState<ProgressState> progress;

    /** Key: rule and group. Some KiB at most; cleared after max-silence. */
    private transient ValueState<SpikeState> spike;

    /** Key: rule and group. Until when the group is quiet after an alert; cleared then. */
    private transient ValueState<Long> quietUntil;

    /** Key: rule and group. The time of the wake-up timer; cleared when it fires. */
    private transient ValueState<Long> wakeUp;

    @SuppressWarnings("NullAway.Init") // open() comes before the first element
    public MatchFunction(RuleSet rules) {
        this.rules = rules;
    }

    @Override
    public void open(OpenContext openContext) throws Exception {
        var context = getRuntimeContext();
        byId = new HashMap<>();
        automata = new HashMap<>();
        for (RuleDefinition rule : rules.rules()) {
            byId.put(rule.id(), rule);
            if (rule.pattern() instanceof Sequence sequence) {
                automata.put(rule.id(), new AutomatonFunction(sequence, context));
            }
        }
        TypeInformation<Candidate> candidate = TypeInformation.of(Candidate.class);
        store = new SharedBufferStoreFunction(context);
        buffer = new SharedBuffer<>(store, context.createSerializer(candidate), new SharedBufferCacheConfig());
        waiting = context.getMapState(new MapStateDescriptor<>("waiting", Types.LONG, Types.LIST(candidate)));
        partial = context.getState(new ValueStateDescriptor<>("partial", new NFAStateSerializer()));
        witnesses = context.getState(new ValueStateDescriptor<>("witnesses", TypeInformation.of(Ranks.class)));
        progress = context.getState(new ValueStateDescriptor<>("progress", TypeInformation.of(ProgressState.class)));
        spike = context.getState(new ValueStateDescriptor<>("spike", TypeInformation.of(SpikeState.class)));
        quietUntil = context.getState(new ValueStateDescriptor<>("quiet-until", Types.LONG));
        wakeUp = context.getState(new ValueStateDescriptor<>("wake-up", Types.LONG));
        late = context.getMetricGroup().counter("match_late_total");
    }

    @Override
    public void close() throws Exception {
        if (buffer != null) {
            buffer.releaseCacheStatisticsTimer();
            for (AutomatonFunction automaton : automata.values()) {
                automaton.close();
            }
        }
    }

    @Override
    public void processElement(Candidate candidate, Context context, Collector<Alert> out) throws Exception {
        long timestamp = candidate.timestamp();
        if (timestamp <= context.timerService().currentWatermark()) {
            late.inc();
            return;
        }
        List<Candidate> same = waiting.get(timestamp);
        List<Candidate> more = same == null ? new ArrayList<>() : new ArrayList<>(same);
        more.add(candidate);
        waiting.put(timestamp, more);
        context.timerService().registerEventTimeTimer(timestamp);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out) throws Exception {
        RuleKey key = context.getCurrentKey();
        RuleDefinition rule = byId.get(key.rule());
        if (rule == null || rule.version() != key.version()) {
            forget();
            return;
        }
        List<Candidate> events = inOrder(waiting.get(timestamp));
        waiting.remove(timestamp);
        Long wake = wakeUp.value();
        if (wake != null && wake <= timestamp) {
            wakeUp.clear();
        }
        Long quiet = quietUntil.value();
        if (quiet != null && quiet <= timestamp) {
            quietUntil.clear();
        }
        List<Finding> findings = new ArrayList<>();
        long next = feed(rule, timestamp, events, context.timerService().currentWatermark(), findings);
        for (Finding finding : findings) {
            tell(rule, key, finding, timestamp, out);
        }
        quiet = quietUntil.value();
        wakeAt(quiet == null ? next : Math.min(next, quiet), context);
    }

    /** What has the same time came in an order that differs from run to run; where it was written does not. */
    private static List<Candidate> inOrder(@Nullable List<Candidate> waited) {
        if (waited == null || waited.size() < 2) {
            return waited == null ? List.of() : waited;
        }
        return waited.stream()
                .sorted(Comparator.comparing(
                                (Candidate candidate) -> candidate.origin().name())
                        .thenComparing(candidate -> candidate.origin().partition())
                        .thenComparing(candidate -> candidate.origin().position()))
                .toList();
    }

    /** Feeds the rule's pattern; gives the time at which it wants to be woken, or {@link #NEVER}. */
    private long feed(
            RuleDefinition rule, long timestamp, List<Candidate> events, long watermark, List<Finding> findings)
            throws Exception {
        if (rule.pattern() instanceof Sequence sequence) {
            return feedAutomaton(rule, sequence, timestamp, events, watermark, findings);
        }
        return rule.pattern() instanceof Progress pattern
                ? feedProgress(new ProgressTracker(pattern), timestamp, events, watermark, findings)
                : feedSpike(new SpikeTracker((Spike) rule.pattern()), timestamp, events, findings);
    }

    private long feedAutomaton(
            RuleDefinition rule,
            Sequence sequence,
            long timestamp,
            List<Candidate> events,
            long watermark,
            List<Finding> findings)
            throws Exception {
        NFAState state = partial.value();
        if (state == null && events.isEmpty()) {
            return NEVER;
        }
        AutomatonFunction automaton = Objects.requireNonNull(automata.get(rule.id()), rule.id());
        NFAState current = state == null ? automaton.start() : state;
        boolean inputEnded = watermark == Long.MAX_VALUE && events.isEmpty();
        Ranks told = heard(sequence, events);
        for (Map<String, List<Candidate>> match : automaton.feed(buffer, current, timestamp, events)) {
            if (!(inputEnded && sequence.endsWithNot())) {
                findings.add(SequenceFindings.of(rule, match).witnessedBy(told));
            }
        }
        if (automaton.isIdle(current)) {
            partial.clear();
            witnesses.clear();
            store.clear();
            return NEVER;
        }
        partial.update(current);
        if (!told.isEmpty()) {
            witnesses.update(told);
        }
        return automaton.timeout(current);
    }

    /** The witnesses so far, those among the events included. */
    private Ranks heard(Sequence sequence, List<Candidate> events) throws Exception {
        Ranks before = witnesses.value();
        Ranks heard = before == null ? Ranks.NONE : before;
        for (Candidate event : events) {
            String rank = event.entity().rank();
            heard = rank != null && event.has(sequence.witness()) ? heard.with(rank) : heard;
        }
        return heard;
    }

    private long feedProgress(
            ProgressTracker tracker, long timestamp, List<Candidate> events, long watermark, List<Finding> findings)
            throws Exception {
        ProgressState state = progress.value();
        if (state != null && timestamp >= tracker.deadline(state)) {
            long known = events.isEmpty() ? Math.min(nextWaiting(timestamp), watermark) : timestamp;
            var stall = tracker.stall(state, timestamp, known);
            stall.ifPresent(findings::add);
            state = state.told();
        }
        for (Candidate event : events) {
            state = tracker.after(state, event);
        }
        if (state == null || timestamp >= tracker.end(state)) {
            progress.clear();
            return NEVER;
        }
        progress.update(state);
        return Math.min(tracker.deadline(state), tracker.end(state));
    }

    private long feedSpike(SpikeTracker tracker, long timestamp, List<Candidate> events, List<Finding> findings)
            throws Exception {
        SpikeState state = spike.value();
        for (Candidate event : events) {
            SpikeTracker.Tracked tracked = tracker.after(state == null ? SpikeState.EMPTY : state, event);
            tracked.finding().ifPresent(findings::add);
            state = tracked.state();
        }
        if (state == null || state.equals(SpikeState.EMPTY) || timestamp >= tracker.end(state)) {
            spike.clear();
            return NEVER;
        }
        spike.update(state);
        return tracker.end(state);
    }

    private void tell(RuleDefinition rule, RuleKey key, Finding finding, long timestamp, Collector<Alert> out)
            throws Exception {
        if (quietUntil.value() != null) {
            return;
        }
        out.collect(finding.alert(rule, key.group(), Instant.ofEpochMilli(timestamp)));
        if (!rule.suppress().isZero()) {
            quietUntil.update(timestamp + rule.suppress().toMillis());
        }
    }

    /** Keeps one timer a group: the earliest that anything of it asked for. A timer that is too early asks again. */
    private void wakeAt(long time, OnTimerContext context) throws Exception {
        @Nullable Long planned = wakeUp.value();
        if (planned != null && planned <= time && time != NEVER) {
            return;
        }
        if (planned != null) {
            wakeUp.clear();
            if (!waiting.contains(planned)) {
                context.timerService().deleteEventTimeTimer(planned);
            }
        }
        if (time != NEVER) {
            wakeUp.update(time);
            context.timerService().registerEventTimeTimer(time);
        }
    }

    private long nextWaiting(long timestamp) throws Exception {
        long next = NEVER;
        for (long time : waiting.keys()) {
            next = time > timestamp ? Math.min(next, time) : next;
        }
        return next;
    }

    /** A rule that is gone, or has another version now, leaves nothing behind. */
    private void forget() {
        waiting.clear();
        partial.clear();
        witnesses.clear();
        store.clear();
        progress.clear();
        spike.clear();
        quietUntil.clear();
        wakeUp.clear();
    }
}
