package io.faultline.respond.notify;

import io.faultline.model.Incident;
import io.faultline.respond.notify.channel.Notice;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Carries incidents to the {@link Router}. The key is the incident's id. */
public final class RouteFunction extends KeyedProcessFunction<String, Incident, Notice> {

    private static final long serialVersionUID = 1L;

    private final NotifySettings settings;
    private transient Router router;

    /** Per incident: one small record; ends {@link NotifySettings#retention} after the incident's latest revision. */
    private transient ValueState<Told> told;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public RouteFunction(NotifySettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        router = new Router(settings.receivers());
        told = getRuntimeContext().getState(new ValueStateDescriptor<>("told", TypeInformation.of(Told.class)));
    }

    @Override
    public void processElement(Incident incident, Context context, Collector<Notice> out) throws Exception {
        Told known = told.value();
        Router.Routed routed = router.route(incident, known == null ? Told.NOTHING : known);
        routed.notices().forEach(out::collect);
        if (routed.told().receivers().length == 0) {
            return;
        }
        long now = Math.max(
                incident.endedAt().toEpochMilli(), context.timerService().currentWatermark());
        long retention = settings.retention().toMillis();
        long expiresAt = now > Long.MAX_VALUE - retention ? Long.MAX_VALUE : now + retention;
        told.update(routed.told().until(expiresAt));
        context.timerService().registerEventTimeTimer(expiresAt);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Notice> out) throws Exception {
        Told known = told.value();
        if (known != null && known.expiresAt() <= timestamp) {
            told.clear();
        }
    }
}
