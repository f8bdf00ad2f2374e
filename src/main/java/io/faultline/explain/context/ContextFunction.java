package io.faultline.explain.context;

import io.faultline.explain.complete.SourceMark;
import io.faultline.model.Incident;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.function.FunctionUtils;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/**
 * Attaches cost, changes and completeness to incidents, and tells an incident again when its cost has doubled and when what it affects
 * makes progress again. The key is the cluster's name, empty where it is not known. An incident waits until the watermark
 * says that all facts of its moment are there; its revisions are counted anew, since there are more of them here.
 */
public final class ContextFunction extends KeyedCoProcessFunction<String, Incident, ContextFact, Incident> {

    private static final long serialVersionUID = 1L;

    private final ContextSettings settings;

    /** Per cluster: the incidents between the watermark and the newest one, by the moment they wait for. */
    private transient MapState<Long, Incident[]> pending;

    /**
     * Per cluster: the facts between the watermark and the newest one, by their moment. One that comes early must not push
     * out what an incident before it still needs.
     */
    private transient MapState<Long, ContextFact[]> ahead;

    /** Per cluster: a {@link Past} a subject; ends twice {@code look-back} after something was last known of it. */
    private transient MapState<String, Past> pasts;

    /** Per cluster: a few numbers a source; ends at the next sweep after the source has gone. */
    private transient MapState<String, SourceMark> marks;

    /** Per cluster: a {@link Watched} an incident; ends when the incident is resolved and costs no more, or was merged. */
    private transient MapState<String, Watched> watched;

    /** Per cluster: two numbers an incident; end twice {@code look-back} after its last revision. */
    private transient MapState<String, Revision> revisions;

    /** Per cluster: one number, when the next sweep is due; cleared when nothing is left. */
    private transient ValueState<Long> sweep;

    private transient long watermark;
    private transient Memory memory;
    private transient Teller teller;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public ContextFunction(ContextSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        watermark = Long.MIN_VALUE;
        pending = byMoment("pending", Incident.class);
        ahead = byMoment("ahead", ContextFact.class);
        pasts = byName("pasts", Past.class);
        marks = byName("marks", SourceMark.class);
        watched = byName("watched", Watched.class);
        revisions = byName("revisions", Revision.class);
        sweep = getRuntimeContext().getState(new ValueStateDescriptor<>("sweep", Types.LONG));
        memory = new Memory(settings, new StateShelf<>(pasts), new StateShelf<>(marks));
        teller = new Teller(settings, memory, new StateShelf<>(watched), new StateShelf<>(revisions));
    }

    private <V> MapState<Long, V[]> byMoment(String name, Class<V> type) {
        return getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(name, Types.LONG, Types.OBJECT_ARRAY(TypeInformation.of(type))));
    }

    private <V> MapState<String, V> byName(String name, Class<V> type) {
        return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, Types.STRING, TypeInformation.of(type)));
    }

    @Override
    public void processElement1(Incident incident, Context context, Collector<Incident> out) throws Exception {
        see(context.timerService().currentWatermark());
        Long at = context.timestamp();
        long due = FactsFunction.secondEnd(at == null ? incident.endedAt().toEpochMilli() : at);
        append(pending, due, new Incident[] {incident});
        context.timerService().registerEventTimeTimer(due);
    }

    @Override
    public void processElement2(ContextFact fact, Context context, Collector<Incident> out) throws Exception {
        see(context.timerService().currentWatermark());
        Long at = context.timestamp();
        if (at == null || at <= context.timerService().currentWatermark()) {
            learn(new ContextFact[] {fact}, context.timerService());
            return;
        }
        append(ahead, at, new ContextFact[] {fact});
        context.timerService().registerEventTimeTimer(at);
    }

    private static <V> void append(MapState<Long, V[]> state, long moment, V[] one) throws Exception {
        V[] before = state.get(moment);
        V[] now = before == null ? one : Arrays.copyOf(before, before.length + 1);
        now[now.length - 1] = one[0];
        state.put(moment, now);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Incident> out) throws Exception {
        TimerService timers = context.timerService();
        // the last watermark does not say that time passed, it says that nothing more comes
        if (timers.currentWatermark() == Long.MAX_VALUE) {
            end(out);
            return;
        }
        see(timestamp);
        learn(take(ahead, timestamp, new ContextFact[0]), timers);
        for (Incident incident : take(pending, timestamp, new Incident[0])) {
            teller.tell(incident, timestamp, out::collect);
        }
        teller.follow(timestamp, out::collect);
        if (!watched.isEmpty()) {
            long interval = settings.updateInterval().toMillis();
            timers.registerEventTimeTimer((Math.floorDiv(timestamp, interval) + 1) * interval);
        }
        sweep(timestamp, timers);
    }

    private static <V> V[] take(MapState<Long, V[]> state, long moment, V[] none) throws Exception {
        V[] all = state.get(moment);
        state.remove(moment);
        return all == null ? none : all;
    }

    private void learn(ContextFact[] facts, TimerService timers) throws Exception {
        long latest = Long.MIN_VALUE;
        for (ContextFact fact : facts) {
            latest = Math.max(latest, memory.learn(fact));
        }
        if (latest > Long.MIN_VALUE && sweep.value() == null) {
            scheduleSweep(latest, timers);
        }
    }

    private void see(long time) {
        watermark = time == Long.MAX_VALUE ? watermark : Math.max(watermark, time);
    }

    private void sweep(long now, TimerService timers) throws Exception {
        Long due = sweep.value();
        if (due != null && due > now) {
            return;
        }
        memory.forget(now);
        teller.forget(now);
        sweep.clear();
        if (!pasts.isEmpty() || !marks.isEmpty() || !revisions.isEmpty()) {
            scheduleSweep(now, timers);
        }
    }

    private void scheduleSweep(long now, TimerService timers) throws Exception {
        long next = now + settings.lookBack().toMillis();
        sweep.update(next);
        timers.registerEventTimeTimer(next);
    }

    /** Nothing more comes: what waits is told, and what is open is told with what it has cost by now. */
    private void end(Collector<Incident> out) throws Exception {
        long last = latest();
        TreeSet<Long> moments = new TreeSet<>();
        pending.keys().forEach(moments::add);
        ahead.keys().forEach(moments::add);
        for (long moment : moments) {
            for (ContextFact fact : take(ahead, moment, new ContextFact[0])) {
                memory.learn(fact);
            }
            for (Incident incident : take(pending, moment, new Incident[0])) {
                long ended = incident.endedAt().toEpochMilli();
                teller.tell(incident, Math.min(moment, Math.max(last, ended)), out::collect);
            }
        }
        teller.finish(last, out::collect);
        pasts.clear();
        marks.clear();
        watched.clear();
        revisions.clear();
        sweep.clear();
    }

    /** When something was known last, be it ahead of the watermark. */
    private long latest() throws Exception {
        long last = Math.max(watermark, memory.latest());
        for (ContextFact[] facts : ahead.values()) {
            for (ContextFact fact : facts) {
                last = Math.max(last, Past.of(fact.entity()).with(fact).latest());
            }
        }
        return last;
    }

    /** The values of the key that is processed. */
    private record StateShelf<V>(MapState<String, V> state) implements Shelf<V> {

        @Override
        public @Nullable V get(String name) {
            return FunctionUtils.uncheckedSupplier(() -> state.get(name)).get();
        }

        @Override
        public void put(String name, V value) {
            ThrowingRunnable.unchecked(() -> state.put(name, value)).run();
        }

        @Override
        public void remove(String name) {
            ThrowingRunnable.unchecked(() -> state.remove(name)).run();
        }

        @Override
        public Map<String, V> all() {
            Map<String, V> all = new LinkedHashMap<>();
            FunctionUtils.uncheckedSupplier(state::entries).get().forEach(one -> all.put(one.getKey(), one.getValue()));
            return all;
        }
    }
}
