package io.faultline.explain.correlate;

import static io.faultline.model.Instants.timerFor;

import io.faultline.model.Alert;
import io.faultline.model.Ending;
import io.faultline.model.Fleet;
import io.faultline.model.FleetEntry;
import io.faultline.model.LiveFleet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Carries alerts and their ends to a {@link Correlator} in order of event time, and what the inventory says to all of them.
 * The key is {@link Finding#cluster}.
 *
 * <p>An alert waits for the watermark and what the inventory says does not, so that a running job knows of a node before it
 * joins the node's alerts. What comes later than that counts from the story's next revision on.
 */
public final class CorrelateFunction extends KeyedBroadcastProcessFunction<String, Finding, FleetEntry, Story> {

    private static final long serialVersionUID = 1L;

    private final CorrelateSettings settings;
    private final Fleet fleet;
    private transient LiveFleet<CommonCause> commonCause;

    /** Per cluster: the alerts between the watermark and the newest one; the watermark that reaches them clears them. */
    private transient ListState<Alert> pending;

    /** Per cluster: the endings between the watermark and the newest one; cleared as {@link #pending} is. */
    private transient ListState<Ending> endings;

    /** Per cluster: {@link CorrelateSettings#maxStories} {@link OpenStory}s; each ends {@code remember} after its end. */
    private transient MapState<String, OpenStory> stories;

    /** Per cluster: {@link CorrelateSettings#maxAnomalies} alerts; each ends {@code attach} after it was found. */
    private transient ListState<Alert> anomalies;

    /** Per cluster: one number, when a story or an anomaly is due next; cleared when none is left. */
    private transient ValueState<Long> due;

    public CorrelateFunction(CorrelateSettings settings, Fleet fleet) {
        this.settings = settings;
        this.fleet = fleet;
    }

    @Override
    public void open(OpenContext context) {
        commonCause = new LiveFleet<>(fleet, CommonCause::new);
        TypeInformation<Alert> alert = TypeInformation.of(Alert.class);
        pending = getRuntimeContext().getListState(new ListStateDescriptor<>("pending", alert));
        endings = getRuntimeContext()
                .getListState(new ListStateDescriptor<>("endings", TypeInformation.of(Ending.class)));
        stories = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("stories", Types.STRING, TypeInformation.of(OpenStory.class)));
        anomalies = getRuntimeContext().getListState(new ListStateDescriptor<>("anomalies", alert));
        due = getRuntimeContext().getState(new ValueStateDescriptor<>("due", Types.LONG));
    }

    @Override
    public void processElement(Finding finding, ReadOnlyContext context, Collector<Story> out) throws Exception {
        Alert alert = finding.alert();
        if (alert != null) {
            pending.add(alert);
            context.timerService().registerEventTimeTimer(timerFor(alert.detectedAt()));
            return;
        }
        Ending ending = Objects.requireNonNull(finding.ending(), "one of the two");
        endings.add(ending);
        context.timerService().registerEventTimeTimer(timerFor(ending.endedAt()));
    }

    @Override
    public void processBroadcastElement(FleetEntry entry, Context context, Collector<Story> out) throws Exception {
        commonCause.take(entry, context.getBroadcastState(LiveFleet.ENTRIES));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Story> out) throws Exception {
        // the last watermark does not say that time passed, it says that nothing more comes
        long watermark = context.timerService().currentWatermark();
        boolean ended = watermark == Long.MAX_VALUE;
        List<Alert> ready = takeReady(pending, Alert::detectedAt, watermark);
        List<Ending> over = takeReady(endings, Ending::endedAt, watermark);
        Long dueAt = due.value();
        if (ready.isEmpty() && over.isEmpty() && !ended && (dueAt == null || dueAt > watermark)) {
            return;
        }
        OpenStories open = new OpenStories(context.getCurrentKey(), storiesNow(), List.copyOf(list(anomalies)));
        CommonCause parts = commonCause.now(context.getBroadcastState(LiveFleet.ENTRIES));
        Correlator correlator = new Correlator(settings, parts, open);
        (ended ? correlator.end(ready, over) : correlator.advance(ready, over, Instant.ofEpochMilli(watermark)))
                .forEach(out::collect);
        if (ended) {
            stories.clear();
            anomalies.clear();
            due.clear();
            return;
        }
        writeBack(open);
        schedule(correlator.nextDue(), context);
    }

    private static <T> List<T> takeReady(ListState<T> waiting, Function<T, Instant> time, long watermark)
            throws Exception {
        List<T> ready = new ArrayList<>();
        List<T> later = new ArrayList<>();
        for (T one : waiting.get()) {
            (timerFor(time.apply(one)) <= watermark ? ready : later).add(one);
        }
        if (!ready.isEmpty()) {
            waiting.update(later);
        }
        return ready;
    }

    private void writeBack(OpenStories open) throws Exception {
        for (String id : open.changed()) {
            OpenStory story = open.story(id);
            if (story == null) {
                stories.remove(id);
            } else {
                stories.put(id, story);
            }
        }
        anomalies.update(open.anomalies());
    }

    /** Older timers are left: they find nothing to do, and one of them may be an alert's own. */
    private void schedule(@Nullable Instant next, OnTimerContext context) throws Exception {
        if (next == null) {
            due.clear();
            return;
        }
        due.update(timerFor(next));
        context.timerService().registerEventTimeTimer(timerFor(next));
    }

    private List<OpenStory> storiesNow() throws Exception {
        List<OpenStory> now = new ArrayList<>();
        stories.values().forEach(now::add);
        return now;
    }

    private static List<Alert> list(ListState<Alert> state) throws Exception {
        List<Alert> list = new ArrayList<>();
        state.get().forEach(list::add);
        return list;
    }
}
