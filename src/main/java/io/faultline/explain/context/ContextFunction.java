package io.faultline.explain.context;

import io.faultline.explain.complete.Completeness;
import io.faultline.explain.complete.Heard;
import io.faultline.explain.complete.SourceMark;
import io.faultline.model.Cost;
import io.faultline.model.Incident;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
import org.jspecify.annotations.Nullable;

/**
 * Attaches cost, changes and completeness to incidents, and tells an incident again when its cost has doubled and when what it affects
 * makes progress again. The key is the cluster's name, empty where it is not known. An incident waits until the watermark
 * says that all facts of its moment are there; its revisions are counted anew, since there are more of them here.
 */
public final class ContextFunction extends KeyedCoProcessFunction<String, Incident, ContextFact, Incident> {

    private static final double DOUBLED = 2;

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

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public ContextFunction(ContextSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        watermark = Long.MIN_VALUE;
        pending = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "pending", Types.LONG, Types.OBJECT_ARRAY(TypeInformation.of(Incident.class))));
        ahead = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "ahead", Types.LONG, Types.OBJECT_ARRAY(TypeInformation.of(ContextFact.class))));
        pasts = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("pasts", Types.STRING, TypeInformation.of(Past.class)));
        marks = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("marks", Types.STRING, TypeInformation.of(SourceMark.class)));
        watched = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("watched", Types.STRING, TypeInformation.of(Watched.class)));
        revisions = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("revisions", Types.STRING, TypeInformation.of(Revision.class)));
        sweep = getRuntimeContext().getState(new ValueStateDescriptor<>("sweep", Types.LONG));
    }

    @Override
    public void processElement1(Incident incident, Context context, Collector<Incident> out) throws Exception {
        see(context.timerService().currentWatermark());
        Long at = context.timestamp();
        long due = FactsFunction.secondEnd(at == null ? incident.endedAt().toEpochMilli() : at);
        Incident[] before = pending.get(due);
        Incident[] now = before == null ? new Incident[1] : Arrays.copyOf(before, before.length + 1);
        now[now.length - 1] = incident;
        pending.put(due, now);
        context.timerService().registerEventTimeTimer(due);
    }

    @Override
    public void processElement2(ContextFact fact, Context context, Collector<Incident> out) throws Exception {
        see(context.timerService().currentWatermark());
        Long at = context.timestamp();
        if (at == null || at <= context.timerService().currentWatermark()) {
            long latest = learn(fact);
            if (sweep.value() == null) {
                scheduleSweep(latest, context.timerService());
            }
            return;
        }
        ContextFact[] before = ahead.get(at);
        ContextFact[] now = before == null ? new ContextFact[1] : Arrays.copyOf(before, before.length + 1);
        now[now.length - 1] = fact;
        ahead.put(at, now);
        context.timerService().registerEventTimeTimer(at);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Incident> out) throws Exception {
        // the last watermark does not say that time passed, it says that nothing more comes
        if (context.timerService().currentWatermark() == Long.MAX_VALUE) {
            end(out);
            return;
        }
        see(timestamp);
        long latest = learn(timestamp);
        if (latest > Long.MIN_VALUE && sweep.value() == null) {
            scheduleSweep(latest, context.timerService());
        }
        Incident[] ready = pending.get(timestamp);
        pending.remove(timestamp);
        for (Incident incident : ready == null ? new Incident[0] : ready) {
            tell(incident, timestamp, out);
        }
        follow(timestamp, out);
        if (!watched.isEmpty()) {
            long interval = settings.updateInterval().toMillis();
            context.timerService().registerEventTimeTimer((Math.floorDiv(timestamp, interval) + 1) * interval);
        }
        Long due = sweep.value();
        if (due == null || due <= timestamp) {
            forget(timestamp);
            boolean empty = pasts.isEmpty() && marks.isEmpty() && revisions.isEmpty();
            sweep.clear();
            if (!empty) {
                scheduleSweep(timestamp, context.timerService());
            }
        }
    }

    /** Gives the time of the latest thing that is known of its subject then. */
    private long learn(ContextFact fact) throws Exception {
        Heard heard = fact.heard();
        if (heard != null) {
            SourceMark before = marks.get(heard.source());
            SourceMark mark = (before == null ? SourceMark.of(heard.source()) : before).with(heard);
            marks.put(heard.source(), mark);
            return mark.heardAt();
        }
        Past before = pasts.get(fact.subject());
        Past past = (before == null ? Past.of(fact.entity()) : before).with(fact);
        pasts.put(fact.subject(), past);
        return past.latest();
    }

    /** Takes the facts of a moment; gives the time of the latest thing known of their subjects. */
    private long learn(long moment) throws Exception {
        ContextFact[] facts = ahead.get(moment);
        ahead.remove(moment);
        long latest = Long.MIN_VALUE;
        for (ContextFact fact : facts == null ? new ContextFact[0] : facts) {
            latest = Math.max(latest, learn(fact));
        }
        return latest;
    }

    private void see(long time) {
        watermark = time == Long.MAX_VALUE ? watermark : Math.max(watermark, time);
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
            learn(moment);
            Incident[] waiting = pending.get(moment);
            for (Incident incident : waiting == null ? new Incident[0] : waiting) {
                tell(
                        incident,
                        Math.min(moment, Math.max(last, incident.endedAt().toEpochMilli())),
                        out);
            }
        }
        for (Watched one : inOrder()) {
            IncidentContext.Priced priced = context().price(one, last);
            if (priced.lost() > one.lost()) {
                tellCost(one, priced, last, out);
            }
        }
        pending.clear();
        ahead.clear();
        pasts.clear();
        marks.clear();
        watched.clear();
        revisions.clear();
        sweep.clear();
    }

    /** When something was known last, be it ahead of the watermark. */
    private long latest() throws Exception {
        long last = watermark;
        for (Past past : pasts.values()) {
            last = Math.max(last, past.latest());
        }
        for (ContextFact[] facts : ahead.values()) {
            for (ContextFact fact : facts) {
                last = Math.max(last, Past.of(fact.entity()).with(fact).latest());
            }
        }
        return last;
    }

    private void tell(Incident incident, long now, Collector<Incident> out) throws Exception {
        Revision before = revisions.get(incident.id());
        int revision = before == null ? incident.revision() : Math.max(before.number() + 1, incident.revision());
        List<SourceMark> known = new ArrayList<>();
        marks.values().forEach(known::add);
        Incident next = Completeness.of(incident.withRevision(revision), known);
        if (incident.state() == Incident.State.MERGED) {
            // what it cost is counted where its alerts are now
            watched.remove(incident.id());
            revisions.put(incident.id(), new Revision(revision, now));
            out.collect(next.with(List.of(), Cost.UNKNOWN));
            return;
        }
        IncidentContext context = context();
        Watched fresh = context.watch(next, watched.get(incident.id()), now);
        IncidentContext.Priced priced = context.price(fresh, now);
        told(fresh, next.with(context.changes(next), priced.cost()), priced, now, out);
    }

    private void tellCost(Watched one, IncidentContext.Priced priced, long now, Collector<Incident> out)
            throws Exception {
        Incident next = one.incident().withRevision(one.incident().revision() + 1);
        told(one, next.with(next.changes(), priced.cost()), priced, now, out);
    }

    private void told(Watched one, Incident next, IncidentContext.Priced priced, long now, Collector<Incident> out)
            throws Exception {
        if (next.state() == Incident.State.RESOLVED && !priced.cost().running()) {
            watched.remove(next.id());
        } else {
            watched.put(next.id(), new Watched(next, one.baseSubjects(), one.baseLost(), now, priced.lost()));
        }
        revisions.put(next.id(), new Revision(next.revision(), now));
        out.collect(next);
    }

    /** Tells again what costs twice as much as was told, or is resolved and costs no more although it did. */
    private void follow(long now, Collector<Incident> out) throws Exception {
        for (Watched one : inOrder()) {
            if (one.toldAt() + settings.updateInterval().toMillis() > now) {
                continue;
            }
            IncidentContext.Priced priced = context().price(one, now);
            boolean resolved = one.incident().state() == Incident.State.RESOLVED;
            boolean doubled = priced.lost() > 0 && priced.lost() >= DOUBLED * one.lost();
            if (resolved ? !priced.cost().running() : doubled) {
                tellCost(one, priced, now, out);
            }
        }
    }

    /** Ends what has been of no use for long. */
    private void forget(long now) throws Exception {
        long memory = IncidentContext.memory(settings).toMillis();
        List<String> subjects = new ArrayList<>();
        for (Map.Entry<String, Past> one : pasts.entries()) {
            if (one.getValue().latest() + memory <= now && !one.getValue().isLosing(now)) {
                subjects.add(one.getKey());
            }
        }
        for (String subject : subjects) {
            pasts.remove(subject);
        }
        List<String> gone = new ArrayList<>();
        for (SourceMark mark : marks.values()) {
            if (mark.isGoneAt(now)) {
                gone.add(mark.name());
            }
        }
        for (String source : gone) {
            marks.remove(source);
        }
        List<String> told = new ArrayList<>();
        for (Map.Entry<String, Revision> one : revisions.entries()) {
            if (one.getValue().toldAt() + memory <= now && !watched.contains(one.getKey())) {
                told.add(one.getKey());
            }
        }
        for (String id : told) {
            revisions.remove(id);
        }
    }

    private List<Watched> inOrder() throws Exception {
        List<Watched> all = new ArrayList<>();
        watched.values().forEach(all::add);
        all.sort(Comparator.comparing(one -> one.incident().id()));
        return all;
    }

    private IncidentContext context() {
        return new IncidentContext(settings, new Lookup());
    }

    /** State as the doer sees it. */
    private final class Lookup implements IncidentContext.Lookup {

        @Override
        public @Nullable Past of(String subject) {
            try {
                return pasts.get(subject);
            } catch (Exception e) { // what Flink declares
                throw new IllegalStateException("the state of context can not be read", e);
            }
        }

        @Override
        public List<String> replicas(String service) {
            try {
                List<String> replicas = new ArrayList<>();
                for (Map.Entry<String, Past> one : pasts.entries()) {
                    if (service.equals(one.getValue().entity().service())
                            && one.getKey().startsWith("replica/")) {
                        replicas.add(one.getKey());
                    }
                }
                return replicas;
            } catch (Exception e) { // what Flink declares
                throw new IllegalStateException("the state of context can not be read", e);
            }
        }
    }
}
