package io.faultline.detect.match;

import io.faultline.detect.match.KindFunction.Worker;
import io.faultline.detect.match.rule.RuleDefinition;
import io.faultline.detect.match.track.Alerted;
import io.faultline.detect.match.track.Candidate;
import io.faultline.detect.match.track.Finding;
import io.faultline.detect.match.track.Findings;
import io.faultline.detect.match.track.Moment;
import io.faultline.detect.match.track.Tracked;
import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.NearMiss;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The groups of all rules, one of which is the current key's. Candidates wait for the watermark and are then fed in the order
 * of their time to the rule's automaton or tracker. States have fixed names that serve all rules, so a rule more is no state
 * more. Beside what waits, a group has at most one timer of its own, the wake-up.
 */
final class GroupsFunction implements AutoCloseable {

    static final Comparator<Candidate> AS_WRITTEN = Comparator.comparing(
                    (Candidate candidate) -> candidate.origin().name())
            .thenComparingInt(candidate -> candidate.origin().partition())
            .thenComparingLong(candidate -> candidate.origin().position())
            .thenComparingInt(candidate -> candidate.origin().part());

    private final KindsFunction kinds;

    /** Key: rule and group. Candidates by time, for as long as the watermark is behind them: about a minute's. */
    private final MapState<Long, List<Candidate>> waiting;

    /** Key: rule and group. Until when the group is quiet after an alert; cleared then. */
    private final ValueState<Long> quietUntil;

    /** Key: rule and group. The alert whose end the rule may see; cleared by that, or when it is looked for no more. */
    private final ValueState<Alerted> alerted;

    /** Key: rule and group. The time of the wake-up timer; cleared when it fires. */
    private final ValueState<Long> wakeUp;

    GroupsFunction(KeyedStateStore states, TypeSerializer<Candidate> candidates) {
        kinds = new KindsFunction(states, candidates);
        var several = Types.LIST(TypeInformation.of(Candidate.class));
        waiting = states.getMapState(new MapStateDescriptor<>("waiting", Types.LONG, several));
        quietUntil = states.getState(new ValueStateDescriptor<>("quiet-until", Types.LONG));
        alerted = states.getState(new ValueStateDescriptor<>("alerted", TypeInformation.of(Alerted.class)));
        wakeUp = states.getState(new ValueStateDescriptor<>("wake-up", Types.LONG));
    }

    /** Where what is found goes. */
    interface Outlet {
        void tell(Alert alert);

        /** Of an alert that was told. */
        void over(Ending ending);

        /** Of what was nearly told. */
        void nearly(NearMiss miss);
    }

    /** The event-time timers of the current key. */
    interface Timers {
        void register(long timestamp);

        void delete(long timestamp);

        long watermark();
    }

    Worker worker(RuleDefinition rule) {
        return kinds.worker(rule);
    }

    /** Lets a candidate wait for its time; false where that is over. */
    boolean add(Candidate candidate, Timers timers) throws Exception {
        long timestamp = candidate.timestamp();
        if (timestamp <= timers.watermark()) {
            return false;
        }
        List<Candidate> same = waiting.get(timestamp);
        List<Candidate> more = same == null ? new ArrayList<>() : new ArrayList<>(same);
        more.add(candidate);
        waiting.put(timestamp, more);
        timers.register(timestamp);
        return true;
    }

    /**
     * Feeds to the worker of the group's rule what waited for this time, and before it what is overdue.
     *
     * @return how many groups more hold something now: -1, 0 or 1
     */
    int advance(RuleDefinition rule, Worker worker, String group, long timestamp, Timers timers, Outlet out)
            throws Exception {
        Long planned = wakeUp.value();
        if (planned != null && planned < timestamp) {
            return catchUp(rule, worker, group, timestamp, timers, out);
        }
        feed(rule, worker, group, timestamp, timers, out);
        return held() - (planned == null ? 0 : 1);
    }

    /** Lets what waited for this time wait on: its rule is not known here yet. */
    void postpone(long timestamp) throws Exception {
        Long planned = wakeUp.value();
        if (planned == null || planned > timestamp) {
            wakeUp.update(timestamp);
        }
    }

    /**
     * Feeds all that was postponed, in the order of its time.
     *
     * @param now how far the event time is
     * @return how many groups more hold something now
     */
    int catchUp(RuleDefinition rule, Worker worker, String group, long now, Timers timers, Outlet out)
            throws Exception {
        // What was postponed held nothing but what waits.
        for (long next = nextDue(); next <= now && next != Long.MAX_VALUE; next = nextDue()) {
            feed(rule, worker, group, next, timers, out);
        }
        return held();
    }

    private long nextDue() throws Exception {
        Long planned = wakeUp.value();
        return Math.min(nextWaiting(Long.MIN_VALUE), planned == null ? Long.MAX_VALUE : planned);
    }

    private int held() throws Exception {
        return wakeUp.value() == null ? 0 : 1;
    }

    private void feed(RuleDefinition rule, Worker worker, String group, long timestamp, Timers timers, Outlet out)
            throws Exception {
        List<Candidate> events = inOrder(waiting.get(timestamp));
        waiting.remove(timestamp);
        endIfOver(wakeUp, timestamp);
        endIfOver(quietUntil, timestamp);
        long known = events.isEmpty() ? Math.min(nextWaiting(timestamp), timers.watermark()) : timestamp;
        Findings findings = new Findings();
        long next = worker.feed(new Moment(timestamp, ofPattern(rule, events), known), findings);
        seeEndings(rule, events, findings);
        for (int told = 0; told <= findings.found().size(); told++) {
            end(rule, findings, told, out);
            if (told < findings.found().size()) {
                tell(rule, group, findings.found().get(told), timestamp, out);
            }
        }
        findings.missed().forEach(miss -> out.nearly(miss.nearMiss(rule)));
        wakeAt(Math.min(next, Math.min(quietEnd(), alertedEnd(rule, next, timestamp))), timers);
    }

    /** Without those that only end an alert. */
    private static List<Candidate> ofPattern(RuleDefinition rule, List<Candidate> events) {
        return rule.resolve().hasCondition()
                ? events.stream().filter(event -> !event.isAside()).toList()
                : events;
    }

    /** What ends an alert ends one that was told before; one of the same instant only where it was written after that. */
    private static void seeEndings(RuleDefinition rule, List<Candidate> events, Findings findings) {
        if (!rule.resolve().hasCondition()) {
            return;
        }
        events.stream().filter(Candidate::ends).findFirst().ifPresent(event -> findings.overs()
                .add(new Findings.Over(0, event, event.text())));
        Candidate last = events.isEmpty() ? null : events.get(events.size() - 1);
        if (last != null && last.ends() && last.isOfNoCondition()) {
            findings.over(last, last.text());
        }
    }

    private void end(RuleDefinition rule, Findings findings, int told, Outlet out) throws Exception {
        for (Findings.Over over : findings.overs()) {
            Alerted alert = over.behind() == told ? alerted.value() : null;
            if (alert != null) {
                out.over(alert.ending(rule.id(), over));
                alerted.clear();
                quietUntil.clear();
            }
        }
    }

    private long quietEnd() throws Exception {
        Long quiet = quietUntil.value();
        return quiet == null ? Tracked.NEVER : quiet;
    }

    /**
     * When the end of an alert is looked for no more; at that time it is forgotten. Where no condition ends it, that is when
     * its tracker has forgotten the group.
     */
    private long alertedEnd(RuleDefinition rule, long wakeUp, long now) throws Exception {
        Alerted alert = alerted.value();
        if (alert == null) {
            return Tracked.NEVER;
        }
        boolean isOver = rule.resolve().hasCondition() ? alert.until() <= now : wakeUp == Tracked.NEVER;
        if (isOver) {
            alerted.clear();
        }
        return isOver || !rule.resolve().hasCondition() ? Tracked.NEVER : alert.until();
    }

    /**
     * Clears all that the group holds.
     *
     * @return how many groups more hold something now: -1 or 0
     */
    int forget() throws Exception {
        int held = held();
        waiting.clear();
        kinds.clear();
        quietUntil.clear();
        alerted.clear();
        wakeUp.clear();
        return -held;
    }

    @Override
    public void close() {
        kinds.close();
    }

    /** What has the same time came in an order that differs from run to run; where it was written does not. */
    private static List<Candidate> inOrder(@Nullable List<Candidate> waited) {
        if (waited == null || waited.size() < 2) {
            return waited == null ? List.of() : waited;
        }
        return waited.stream().sorted(AS_WRITTEN).toList();
    }

    private static void endIfOver(ValueState<Long> time, long now) throws Exception {
        Long value = time.value();
        if (value != null && value <= now) {
            time.clear();
        }
    }

    private void tell(RuleDefinition rule, String group, Finding finding, long timestamp, Outlet out) throws Exception {
        if (quietUntil.value() != null) {
            return;
        }
        Alert alert = finding.alert(rule, group, Instant.ofEpochMilli(timestamp));
        out.tell(alert);
        if (rule.endsAlerts()) {
            alerted.update(Alerted.of(alert, rule));
        }
        if (!rule.suppress().isZero()) {
            quietUntil.update(timestamp + rule.suppress().toMillis());
        }
    }

    /** Keeps one timer a group: the earliest that anything of it asked for. A timer that is too early asks again. */
    private void wakeAt(long time, Timers timers) throws Exception {
        Long planned = wakeUp.value();
        if (planned != null && planned <= time && time != Tracked.NEVER) {
            return;
        }
        if (planned != null) {
            wakeUp.clear();
            if (!waiting.contains(planned)) {
                timers.delete(planned);
            }
        }
        if (time != Tracked.NEVER) {
            wakeUp.update(time);
            timers.register(time);
        }
    }

    private long nextWaiting(long timestamp) throws Exception {
        long next = Long.MAX_VALUE;
        for (long time : waiting.keys()) {
            next = time > timestamp ? Math.min(next, time) : next;
        }
        return next;
    }
}
