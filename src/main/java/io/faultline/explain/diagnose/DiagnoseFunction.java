package io.faultline.explain.diagnose;

import io.faultline.explain.correlate.Story;
import io.faultline.model.Fleet;
import io.faultline.model.FleetEntry;
import io.faultline.model.Incident;
import io.faultline.model.LiveFleet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/** Carries stories to the {@link Diagnosis}, and what the inventory says. */
public final class DiagnoseFunction extends BroadcastProcessFunction<Story, FleetEntry, Incident> {

    private static final long serialVersionUID = 1L;

    private final Fleet fleet;
    private transient LiveFleet<Diagnosis> diagnosis;

    @SuppressWarnings("NullAway.Init") // Flink calls open() before anything else
    public DiagnoseFunction(Fleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public void open(OpenContext context) {
        diagnosis = new LiveFleet<>(fleet, Diagnosis::new);
    }

    @Override
    public void processElement(Story story, ReadOnlyContext context, Collector<Incident> out) throws Exception {
        out.collect(diagnosis.now(context.getBroadcastState(LiveFleet.ENTRIES)).of(story));
    }

    @Override
    public void processBroadcastElement(FleetEntry entry, Context context, Collector<Incident> out) throws Exception {
        diagnosis.take(entry, context.getBroadcastState(LiveFleet.ENTRIES));
    }
}
