package io.faultline.respond.notify.route;

import io.faultline.model.Incident;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Carries incidents to the {@link Router}. The key is the cluster's name, empty where unknown. */
public final class RouteFunction extends KeyedProcessFunction<String, Incident, Routed> {

    private static final long serialVersionUID = 1L;

    private final RouteSettings settings;
    private transient Router router;

    /**
     * Per cluster, and only where there are inhibit rules: the open incidents, some KiB each, as many as correlation keeps
     * open; each ends with the incident.
     */
    private transient MapState<String, Quieted> open;

    /** Per cluster: by incident some names; ends {@link RouteSettings#retention} after the incident's end. */
    private transient MapState<String, Targets> targets;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public RouteFunction(RouteSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        router = new Router(settings.route(), settings.inhibitRules());
        open = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("open", Types.STRING, TypeInformation.of(Quieted.class)));
        targets = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("targets", Types.STRING, TypeInformation.of(Targets.class)));
    }

    @Override
    public void processElement(Incident incident, Context context, Collector<Routed> out) throws Exception {
        Targets before = Objects.requireNonNullElse(targets.get(incident.id()), Targets.NONE);
        Targets now = router.targets(incident, before);
        if (now.groups().length > 0) {
            keep(incident, now, context);
        }
        for (Quieted weighed : weigh(incident)) {
            Targets known = targets.get(weighed.incident().id());
            if (known != null) {
                Router.routed(weighed, known).forEach(out::collect);
            }
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Routed> out) throws Exception {
        List<String> over = new ArrayList<>();
        for (Map.Entry<String, Targets> entry : targets.entries()) {
            if (entry.getValue().expiresAt() <= timestamp) {
                over.add(entry.getKey());
            }
        }
        for (String incident : over) {
            targets.remove(incident);
        }
    }

    private void keep(Incident incident, Targets now, Context context) throws Exception {
        if (incident.state() == Incident.State.OPEN) {
            targets.put(incident.id(), now.until(Long.MAX_VALUE));
            return;
        }
        long end = Math.max(
                incident.endedAt().toEpochMilli(), context.timerService().currentWatermark());
        long retention = settings.retention().toMillis();
        long expiresAt = end > Long.MAX_VALUE - retention ? Long.MAX_VALUE - 1 : end + retention;
        targets.put(incident.id(), now.until(expiresAt));
        context.timerService().registerEventTimeTimer(expiresAt);
    }

    private List<Quieted> weigh(Incident incident) throws Exception {
        if (settings.inhibitRules().isEmpty()) {
            return List.of(new Quieted(incident, ""));
        }
        Map<String, Quieted> known = new LinkedHashMap<>();
        for (Map.Entry<String, Quieted> entry : open.entries()) {
            known.put(entry.getKey(), entry.getValue());
        }
        List<Quieted> weighed = router.weigh(incident, known);
        if (!known.containsKey(incident.id())) {
            open.remove(incident.id());
        }
        for (Quieted one : weighed) {
            if (known.containsKey(one.incident().id())) {
                open.put(one.incident().id(), one);
            }
        }
        return weighed;
    }
}
