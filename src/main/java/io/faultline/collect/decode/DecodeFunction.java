package io.faultline.collect.decode;

import io.faultline.model.RawLog;
import io.faultline.model.Rejected;
import io.faultline.model.TextLog;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Bytes in, whole records of text out, keyed by stream. What a source could not read and what is no text goes to
 * {@link #REJECTED}.
 *
 * <p>A record that nothing continues goes out when the time of the lines is past the silence (watermarks of the source), and
 * on a live input also when the clock is; whichever comes first. At the end of input all go out.
 */
public final class DecodeFunction extends KeyedProcessFunction<String, RawLog, TextLog> {

    public static final OutputTag<Rejected> REJECTED =
            new OutputTag<>("decode-rejected", TypeInformation.of(Rejected.class));

    private static final long SECOND = 1_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final DecodeSettings settings;
    private final boolean live;
    private transient LineDecoder decoder;
    private transient RecordJoiner joiner;
    private transient List<Line> lines;
    private transient LongCounter linesRead;
    private transient LongCounter bytesRead;

    /** Key: stream. At most {@link DecodeSettings#maxOpenChars()} characters. Cleared when nothing is open, by a timer at the latest. */
    private transient ValueState<OpenRecords> openRecords;

    /** @param live whether the clock tells silence too; not where old logs are read, as fast as they come */
    public DecodeFunction(DecodeSettings settings, boolean live) {
        this.settings = settings;
        this.live = live;
    }

    @Override
    public void open(OpenContext context) {
        decoder = new LineDecoder(settings.maxLineBytes(), settings.timeZone());
        joiner = new RecordJoiner(settings, decoder);
        lines = new ArrayList<>();
        linesRead = getRuntimeContext().getLongCounter("lines");
        bytesRead = getRuntimeContext().getLongCounter("bytes");
        openRecords = getRuntimeContext()
                .getState(new ValueStateDescriptor<>("open-records", TypeInformation.of(OpenRecords.class)));
    }

    @Override
    public void processElement(RawLog raw, Context context, Collector<TextLog> out) throws Exception {
        count(raw);
        lines.clear();
        Rejected refusal = decoder.decodeOrReject(raw, lines);
        if (refusal != null) {
            context.output(REJECTED, refusal);
        }
        if (lines.isEmpty()) {
            return;
        }
        OpenRecords before = openRecords.value();
        OpenRecords open = before == null ? OpenRecords.NONE : before;
        long dueInLogTime = context.timestamp() == null ? NEVER : settings.silentAt(context.timestamp());
        long dueOnClock = live ? settings.silentAt(context.timerService().currentProcessingTime()) : NEVER;
        OpenRecords after = open;
        if (!open.isEmpty() && context.timestamp() != null) {
            // The watermark may be far behind this line, held by another partition; silence is the stream's own.
            after = joiner.expire(open, context.timestamp() - 1, Long.MIN_VALUE, out::collect);
        }
        for (Line line : lines) {
            after = joiner.add(after, line, dueInLogTime, dueOnClock, out::collect);
        }
        if (!after.isUnchanged(open)) {
            keep(after);
            if (!after.isEmpty()) {
                context.timerService().registerEventTimeTimer(dueInLogTime);
                if (live) {
                    context.timerService().registerProcessingTimeTimer(dueOnClock);
                }
            }
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<TextLog> out) throws Exception {
        OpenRecords open = openRecords.value();
        if (open == null) {
            return;
        }
        boolean inLogTime = context.timeDomain() == TimeDomain.EVENT_TIME;
        if (!inLogTime) {
            long now = context.timerService().currentProcessingTime();
            if (now - timestamp > SECOND) {
                // It was this task that was away, restarted or held up by a slow sink: what it was not there to read is
                // not silence.
                context.timerService().registerProcessingTimeTimer(settings.silentAt(now));
                return;
            }
        }
        OpenRecords left = joiner.expire(
                open, inLogTime ? timestamp : Long.MIN_VALUE, inLogTime ? Long.MIN_VALUE : timestamp, out::collect);
        if (!left.isUnchanged(open)) {
            keep(left);
        }
    }

    /** Accumulators, because whoever runs a bounded job reads them while it runs and at its end. */
    private void count(RawLog raw) {
        linesRead.add(1);
        bytesRead.add(raw.payload().length + 1L);
    }

    private void keep(OpenRecords open) throws Exception {
        if (open.isEmpty()) {
            openRecords.clear();
        } else {
            openRecords.update(open);
        }
    }
}
