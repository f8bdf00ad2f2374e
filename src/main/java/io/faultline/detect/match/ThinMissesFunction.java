package io.faultline.detect.match;

import io.faultline.detect.match.track.MissSample;
import io.faultline.model.NearMiss;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps some near misses of each rule and hour of event time, and tells them when the hour is over. Key: the rule's id. */
public final class ThinMissesFunction extends KeyedProcessFunction<String, NearMiss, NearMiss> {

    private static final long serialVersionUID = 1L;

    /** Key: the rule. By the hour's begin a sample of at most some 100 KiB; cleared when the hour is over. */
    private transient MapState<Long, MissSample> hours;

    @Override
    public void open(OpenContext context) {
        hours = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>("hours", Types.LONG, TypeInformation.of(MissSample.class)));
    }

    @Override
    public void processElement(NearMiss miss, Context context, Collector<NearMiss> out) throws Exception {
        long hour = MissSample.hour(miss);
        MissSample before = hours.get(hour);
        hours.put(hour, (before == null ? MissSample.EMPTY : before).with(miss));
        context.timerService().registerEventTimeTimer(MissSample.end(hour));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<NearMiss> out) throws Exception {
        for (long hour : hours.keys()) {
            if (MissSample.end(hour) == timestamp) {
                hours.get(hour).misses().forEach(out::collect);
                hours.remove(hour);
                return;
            }
        }
    }
}
