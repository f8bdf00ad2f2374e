package io.faultline;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The job's clock where old logs are read as fast as they come. The source reads all files, or all partitions, in one order
 * and says with its watermarks how far it is, in the times that it saw in passing. Those come in between the very lines
 * they part, to each subtask, also to one that has no lines: so what is late depends on the logs alone, never on how fast
 * the machine was.
 *
 * <p>What the source saw in passing may be off: another zone, or a format that it does not know. The last event tells by how
 * much, and the source's clock is corrected by that.
 */
final class ReadingClockOperator extends AbstractStreamOperator<LogEvent>
        implements OneInputStreamOperator<LogEvent, LogEvent> {

    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000;

    private final long outOfOrdernessMillis;
    private transient long sourceTime;
    private transient long correction;
    private transient long told;

    ReadingClockOperator(Duration outOfOrderness) {
        this.outOfOrdernessMillis = outOfOrderness.toMillis();
    }

    @Override
    public void open() throws Exception {
        super.open();
        sourceTime = Long.MIN_VALUE;
        correction = 0;
        told = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<LogEvent> element) {
        LogEvent event = element.getValue();
        long timestamp = event.timestamp().toEpochMilli();
        if (element.hasTimestamp() && !event.has(QualityMark.TIME_MISSING) && !event.has(QualityMark.TIME_CLAMPED)) {
            correction = timestamp - element.getTimestamp();
        }
        output.collect(element.replace(event, timestamp));
        tell();
    }

    @Override
    public void processWatermark(Watermark watermark) {
        if (watermark.getTimestamp() == Long.MAX_VALUE) {
            output.emitWatermark(watermark);
            return;
        }
        sourceTime = watermark.getTimestamp();
        tell();
    }

    /** Each second of log time, behind what it parts. */
    private void tell() {
        if (sourceTime == Long.MIN_VALUE) {
            return;
        }
        long now = sourceTime + correction - outOfOrdernessMillis;
        if (told == Long.MIN_VALUE || now >= told + SECOND) {
            told = now;
            output.emitWatermark(new Watermark(now));
        }
    }
}
