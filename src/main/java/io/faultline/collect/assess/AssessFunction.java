package io.faultline.collect.assess;

import io.faultline.model.LogEvent;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Carries events and what is known of their sources to the {@link SourceAssessor}, keyed by stream. Time is the source's
 * here: that of Kafka or of the file, because the events' own is what is judged. A minute of a source is told when its next
 * one begins, or when all sources are past it, or at the end.
 */
public final class AssessFunction extends KeyedProcessFunction<String, LogEvent, LogEvent> {

    /** In one stream; a node's stream holds the logs of its containers. Events of further sources are judged alone. */
    static final int MOST_SOURCES = 4_096;

    private static final long serialVersionUID = 2;

    /** A clock that went further at once went through a hole in all logs. */
    private static final long LEAP_MILLIS = 60_000;

    private final AssessSettings settings;
    private transient SourceAssessor assessor;

    /**
     * Key: the stream. One {@link SourceRecord} for each source in it, 7 KiB at most; removed when the source wrote nothing for
     * {@link AssessSettings#forgetAfter()} of the source's time, and at the end of the input.
     */
    private transient MapState<String, SourceRecord> sources;

    /** Key: the stream. How many sources there are; removed with the last. */
    private transient ValueState<Integer> count;

    public AssessFunction(AssessSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        assessor = new SourceAssessor(settings);
        sources =
                getRuntimeContext().getMapState(new MapStateDescriptor<>("sources", String.class, SourceRecord.class));
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("source-count", Integer.class));
    }

    @Override
    public void processElement(LogEvent event, Context context, Collector<LogEvent> out) throws Exception {
        String source = event.source();
        SourceRecord record = sources.get(source);
        if (record == null) {
            Integer known = count.value();
            int before = known == null ? 0 : known;
            if (before >= MOST_SOURCES) {
                out.collect(assessor.assessAlone(event));
                return;
            }
            count.update(before + 1);
            record = new SourceRecord();
        }
        Long time = context.timestamp();
        long arrival = time == null || time == Long.MIN_VALUE
                ? event.observedTimestamp().toEpochMilli()
                : time;
        TimerService timers = context.timerService();
        long minute = record.minute;
        LogEvent marked = assessor.assess(event, arrival, timers.currentWatermark(), record, out::collect);
        out.collect(marked);
        if (record.minute != minute) {
            timers.registerEventTimeTimer(SourceAssessor.endOf(record.minute));
        }
        sources.put(source, record);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<LogEvent> out) throws Exception {
        long clock = context.timerService().currentWatermark();
        boolean ended = clock == Long.MAX_VALUE;
        int left = 0;
        Iterator<Map.Entry<String, SourceRecord>> all = sources.iterator();
        while (all.hasNext()) {
            Map.Entry<String, SourceRecord> one = all.next();
            SourceRecord record = one.getValue();
            if (ended || SourceAssessor.endOf(record.minute) <= timestamp) {
                assessor.report(one.getKey(), record, out::collect);
            }
            if (!ended) {
                if (clock - timestamp > LEAP_MILLIS) {
                    assessor.skip(record, clock);
                }
                assessor.listen(one.getKey(), record, timestamp, out::collect);
            }
            if (ended || timestamp - record.lastLine >= settings.forgetAfter().toMillis()) {
                all.remove();
            } else {
                one.setValue(record);
                left++;
            }
        }
        if (left == 0) {
            sources.clear();
            count.clear();
        } else {
            count.update(left);
            context.timerService().registerEventTimeTimer(SourceAssessor.endOf(SourceAssessor.minuteOf(timestamp)));
        }
    }
}
