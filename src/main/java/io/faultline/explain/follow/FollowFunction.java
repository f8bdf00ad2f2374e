package io.faultline.explain.follow;

import static io.faultline.model.Instants.timerFor;

import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import io.faultline.model.Ending;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Carries findings and endings, in the order of event time, to the {@link Follower} of their rule and entity. The key is
 * {@link #key(Alert)}.
 */
public final class FollowFunction extends KeyedCoProcessFunction<String, Alert, Ending, AlertState> {

    private static final long serialVersionUID = 1L;

    private static final Comparator<Alert> IN_ORDER = Comparator.comparing(Alert::detectedAt)
            .thenComparing(Alert::startsAt)
            .thenComparing(Alert::fingerprint);

    private final FollowSettings settings;

    /** Per rule and entity: the findings between the watermark and the newest one; the watermark that reaches them clears them. */
    private transient ListState<Alert> found;

    /** Per rule and entity: the endings between the watermark and the newest one; cleared as {@link #found} is. */
    private transient ListState<Ending> over;

    /**
     * Per rule and entity: some hundred bytes; ends {@link FollowSettings#flapWindow} after the alert is resolved. A timer
     * that is too early finds nothing to do.
     */
    private transient ValueState<Followed> followed;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public FollowFunction(FollowSettings settings) {
        this.settings = settings;
    }

    /** The rule and what it was found on. */
    public static String key(Alert alert) {
        return alert.rule() + "|" + alert.entity();
    }

    /** That of the alerts that it ends. */
    public static String key(Ending ending) {
        return ending.rule() + "|" + ending.entity();
    }

    @Override
    public void open(OpenContext context) {
        found = getRuntimeContext().getListState(new ListStateDescriptor<>("found", TypeInformation.of(Alert.class)));
        over = getRuntimeContext().getListState(new ListStateDescriptor<>("over", TypeInformation.of(Ending.class)));
        followed = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("followed", TypeInformation.of(Followed.class)));
    }

    @Override
    public void processElement1(Alert alert, Context context, Collector<AlertState> out) throws Exception {
        found.add(alert);
        context.timerService().registerEventTimeTimer(timerFor(alert.detectedAt()));
    }

    @Override
    public void processElement2(Ending ending, Context context, Collector<AlertState> out) throws Exception {
        over.add(ending);
        context.timerService().registerEventTimeTimer(timerFor(ending.endedAt()));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<AlertState> out) throws Exception {
        Follower follower = new Follower(settings, followed.value());
        take(timestamp, follower);
        // the last watermark does not say that time passed, it says that nothing more comes: what fires goes on firing
        boolean ended = context.timerService().currentWatermark() == Long.MAX_VALUE;
        if (!ended) {
            follower.pass(timestamp);
        }
        follower.told().forEach(out::collect);
        Followed now = follower.known();
        if (now == null) {
            followed.clear();
            return;
        }
        followed.update(now);
        if (!ended) {
            context.timerService().registerEventTimeTimer(follower.due());
        }
    }

    /** Of one instant what ends comes before what is found, but for the ending of what was found in it. */
    private void take(long timestamp, Follower follower) throws Exception {
        List<Ending> endings = takeReady(over, Ending::endedAt, timestamp);
        endings.sort(Ending.IN_ORDER);
        List<Alert> findings = takeReady(found, Alert::detectedAt, timestamp);
        findings.sort(IN_ORDER);
        int next = 0;
        for (Alert finding : findings) {
            while (next < endings.size() && endings.get(next).isBefore(finding)) {
                follower.end(endings.get(next++));
            }
            follower.find(finding);
        }
        endings.subList(next, endings.size()).forEach(follower::end);
    }

    private static <T> List<T> takeReady(ListState<T> waiting, Function<T, Instant> time, long timestamp)
            throws Exception {
        List<T> ready = new ArrayList<>();
        List<T> later = new ArrayList<>();
        for (T one : waiting.get()) {
            (timerFor(time.apply(one)) <= timestamp ? ready : later).add(one);
        }
        if (!ready.isEmpty()) {
            waiting.update(later);
        }
        return ready;
    }
}
