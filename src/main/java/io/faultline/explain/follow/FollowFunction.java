package io.faultline.explain.follow;

import io.faultline.model.Alert;
import io.faultline.model.AlertState;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Carries findings, as they come, to the {@link Follower} of their rule and entity. The key is {@link #key}. */
public final class FollowFunction extends KeyedProcessFunction<String, Alert, AlertState> {

    private static final long serialVersionUID = 1L;

    private final FollowSettings settings;

    /** Per rule and entity: some hundred bytes; ends {@link FollowSettings#flapWindow} after the alert is resolved. */
    private transient ValueState<Followed> followed;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public FollowFunction(FollowSettings settings) {
        this.settings = settings;
    }

    /** The rule and what it was found on. */
    public static String key(Alert alert) {
        return alert.rule() + "|" + alert.entity();
    }

    @Override
    public void open(OpenContext context) {
        followed = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("followed", TypeInformation.of(Followed.class)));
    }

    @Override
    public void processElement(Alert alert, Context context, Collector<AlertState> out) throws Exception {
        Followed before = followed.value();
        Follower follower = new Follower(settings, before);
        follower.find(alert);
        keep(follower, before, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<AlertState> out) throws Exception {
        Followed before = followed.value();
        // the last watermark does not say that time passed, it says that nothing more comes: what fires goes on firing
        if (before == null || context.timerService().currentWatermark() == Long.MAX_VALUE) {
            return;
        }
        Follower follower = new Follower(settings, before);
        follower.pass(timestamp);
        keep(follower, before, context, out);
    }

    private void keep(Follower follower, @Nullable Followed before, Context context, Collector<AlertState> out)
            throws Exception {
        follower.told().forEach(out::collect);
        Followed now = follower.known();
        long earlier = before == null ? Long.MAX_VALUE : new Follower(settings, before).due();
        if (earlier != Long.MAX_VALUE && earlier != follower.due()) {
            context.timerService().deleteEventTimeTimer(earlier);
        }
        if (now == null) {
            followed.clear();
            return;
        }
        followed.update(now);
        context.timerService().registerEventTimeTimer(follower.due());
    }
}
