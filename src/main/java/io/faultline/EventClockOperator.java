package io.faultline;

import io.faultline.model.LogEvent;
import io.faultline.model.QualityMark;
import java.time.Duration;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * The job's clock. The source says with its watermarks how far all its files or partitions have come, in the times of their
 * records; those watermarks come in between the very records they part, to each subtask, also to one that has no records. So
 * what is late depends on the logs alone and never on how fast they are read: not on a partition an hour behind, and not on a
 * starved machine.
 *
 * <p>The records' times are not the events': Kafka took a record when it was shipped, a file's times are seen in passing and
 * may be of an envelope that was written later or of a format that the source does not know. The last event tells by how
 * much, and the source's clock is set back by that. It is never put forward: nothing happens after it was read, a host whose
 * clock is ahead must not make the others late, and where times run back within a file an event may be years ahead of the
 * record behind it.
 *
 * <p>A subtask that had no event yet knows of no correction, and must not hold back the others for ever either. Where the logs
 * end it waits for its first event until the source's clock has gone on by the patience: the others may be at their end before
 * that event is behind this step, and would take time with them to where this one stands.
 *
 * <p>Behind it no stream is idle. All its subtasks hear of all sources, so none is ahead of another, and where all sources are
 * silent the clock stands still. Were that passed on, the first log after a silence would wake the short way to a step before
 * the long one, and what comes the long way would be late.
 */
final class EventClockOperator extends AbstractStreamOperator<LogEvent>
        implements OneInputStreamOperator<LogEvent, LogEvent> {

    private static final long serialVersionUID = 1L;
    private static final long SECOND = 1_000;

    private final long outOfOrdernessMillis;
    private final long patienceMillis;
    private transient long startTime;
    private transient long sourceTime;
    private transient boolean corrected;
    private transient long correction;
    private transient long told;

    /**
     * @param outOfOrderness how far it is behind the newest event
     * @param patience how far the source may be ahead before the first event; none where the logs do not end
     */
    EventClockOperator(Duration outOfOrderness, Duration patience) {
        this.outOfOrdernessMillis = outOfOrderness.toMillis();
        this.patienceMillis = patience.toMillis();
        // In the chain of the step before it: else each event is copied on its way here.
        chainingStrategy = ChainingStrategy.ALWAYS;
    }

    @Override
    public void open() throws Exception {
        super.open();
        startTime = Long.MIN_VALUE;
        sourceTime = Long.MIN_VALUE;
        corrected = false;
        correction = 0;
        told = Long.MIN_VALUE;
    }

    @Override
    public void processElement(StreamRecord<LogEvent> element) {
        LogEvent event = element.getValue();
        long timestamp = event.timestamp().toEpochMilli();
        if (element.hasTimestamp() && isTimed(event)) {
            long ahead = timestamp - element.getTimestamp();
            // Records of the oldest Kafka formats have no time: theirs is -1.
            correction = element.getTimestamp() > 0 ? Math.min(0, ahead) : ahead;
            corrected = true;
        }
        // The element is the step's before: it may hold the source's time for further events of the same record.
        output.collect(new StreamRecord<>(event, timestamp));
        tell();
    }

    /** Whether it says by itself when it happened; what tells of a source comes at another time than it tells of. */
    private static boolean isTimed(LogEvent event) {
        return !event.has(QualityMark.TIME_MISSING)
                && !event.has(QualityMark.TIME_CLAMPED)
                && !event.kind().isOfNoLine();
    }

    @Override
    public void processWatermark(Watermark watermark) {
        if (watermark.getTimestamp() == Long.MAX_VALUE) {
            output.emitWatermark(watermark);
            return;
        }
        sourceTime = watermark.getTimestamp();
        startTime = startTime == Long.MIN_VALUE ? sourceTime : startTime;
        tell();
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        // ends here
    }

    /** Each second of log time, behind what it parts. */
    private void tell() {
        if (sourceTime == Long.MIN_VALUE || (!corrected && sourceTime < startTime + patienceMillis)) {
            return;
        }
        long now = sourceTime + correction - outOfOrdernessMillis;
        if (told == Long.MIN_VALUE || now >= told + SECOND) {
            told = now;
            output.emitWatermark(new Watermark(now));
        }
    }
}
