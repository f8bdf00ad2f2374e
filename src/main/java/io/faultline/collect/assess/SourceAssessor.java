package io.faultline.collect.assess;

import io.faultline.model.EventKind;
import io.faultline.model.LogEvent;
import io.faultline.model.Origin;
import io.faultline.model.QualityMark;
import java.util.function.Consumer;

/**
 * Judges each line of a source by what the source wrote before and gives it its marks; tells each minute how good the source
 * was. It corrects nothing but a time too far ahead ({@link ClockGuard}), and drops nothing. Not thread-safe.
 */
public final class SourceAssessor {

    private static final long MINUTE = 60_000;

    /** So many lines in a row of an earlier time, and the source has set its clock back. */
    private static final int CLOCK_SET_BACK = 100;

    private static final long NOT_OF_ITS_OWN = QualityMark.TIME_MISSING.bit() | QualityMark.TIME_CLAMPED.bit();

    private final ClockGuard clockGuard;
    private final Series series = new Series();
    private final long maxDisorder;
    private final long maxSkew;
    private final long minSilence;
    private final double maxUnknown;

    public SourceAssessor(AssessSettings settings) {
        clockGuard = new ClockGuard(settings.maxClockAhead());
        maxDisorder = settings.maxDisorder().toMillis();
        maxSkew = settings.maxSkew().toMillis();
        minSilence = settings.minSilence().toMillis();
        maxUnknown = settings.maxUnknownRatio();
    }

    /** The minute that a time of the source's clock lies in. */
    static long minuteOf(long arrival) {
        return Math.floorDiv(arrival, MINUTE);
    }

    /** When a minute is over, in epoch milliseconds. */
    static long endOf(long minute) {
        return (minute + 1) * MINUTE;
    }

    /**
     * Marks an event and remembers it.
     *
     * @param arrival the source's clock at the event, in epoch milliseconds
     * @param clock how far all sources have come, in the same time; {@link Long#MIN_VALUE} where nobody knows
     * @param record of the event's source, changed in place
     * @param reports takes what is to be told of the source
     */
    public LogEvent assess(LogEvent event, long arrival, long clock, SourceRecord record, Consumer<LogEvent> reports) {
        long minute = minuteOf(arrival);
        if (record.minute < minute) {
            report(event.source(), record, reports);
            record.minute = minute;
        }
        LogEvent guarded = clockGuard.assess(event);
        long marks = marks(guarded, arrival, clock, record);
        LogEvent marked = marks == 0 ? guarded : guarded.marked(marks);
        record.tally.add(marked, Formats.isUnderstood(marked), series.missing());
        long heard = record.cadence.heard;
        record.timestamp = marked.timestamp();
        record.observed = marked.observedTimestamp();
        record.entity = marked.entity();
        record.origin = marked.origin();
        record.stream = marked.stream();
        record.lastLine = Math.max(record.lastLine, arrival);
        record.formats.add(marked, drift -> reports.accept(SourceReports.drift(marked.source(), record, drift)));
        record.cadence.hear(arrival, isEnd(marked.kind()));
        if (record.cadence.silent) {
            record.cadence.silent = false;
            reports.accept(SourceReports.silence(marked.source(), record, false, heard, arrival));
        }
        return marked;
    }

    /** What can be said of an event alone. */
    LogEvent assessAlone(LogEvent event) {
        LogEvent guarded = clockGuard.assess(event);
        for (int i = 0; i < guarded.measures().size(); i++) {
            if (!Ranges.canBe(guarded.measures().names()[i], guarded.measures().values()[i])) {
                return guarded.marked(QualityMark.OUT_OF_RANGE);
            }
        }
        return guarded;
    }

    /** Tells of the minute that is counted, if there were lines, and begins a new count. */
    void report(String source, SourceRecord record, Consumer<LogEvent> reports) {
        if (record.tally.lines == 0) {
            return;
        }
        reports.accept(SourceReports.quality(source, record, maxSkew));
        record.formats.check(
                endOf(record.minute), maxUnknown, drift -> reports.accept(SourceReports.drift(source, record, drift)));
        record.tally = new Tally();
    }

    /** Nobody saw the time until then pass: all sources are silent there, and so none is. */
    void skip(SourceRecord record, long time) {
        record.cadence.skipTo(time);
    }

    /** All sources have come to a time at which nothing of this one was read. */
    void listen(String source, SourceRecord record, long time, Consumer<LogEvent> reports) {
        Cadence cadence = record.cadence;
        if (!cadence.silent && time >= cadence.silentAt(minSilence)) {
            cadence.silent = true;
            reports.accept(SourceReports.silence(source, record, true, cadence.heard, time));
        }
    }

    private long marks(LogEvent event, long arrival, long clock, SourceRecord record) {
        boolean ownTime = (event.quality() & NOT_OF_ITS_OWN) == 0;
        boolean timed = event.origin().type() == Origin.Type.KAFKA;
        long written = event.timestamp().toEpochMilli();
        long marks = 0;
        if (ownTime) {
            if (timed) {
                record.offset.sample(event.observedTimestamp().toEpochMilli(), written);
            }
            marks |= order(written, record);
        }
        long skew = record.offset.skew(maxSkew);
        marks |= ownTime && skew != 0 ? QualityMark.SKEWED.bit() : 0;
        long happened = ownTime && timed ? Math.min(arrival, written + skew) : arrival;
        if (clock != Long.MIN_VALUE && clock != Long.MAX_VALUE && happened < clock - maxDisorder) {
            marks |= QualityMark.LATE.bit();
        }
        if (record.duplicates.isOneMore(event)) {
            series.forget();
            return marks | QualityMark.DUPLICATE.bit();
        }
        return marks | series.judge(event, record.series);
    }

    private long order(long written, SourceRecord record) {
        if (written >= record.latest) {
            record.latest = written;
            record.behind = 0;
            return 0;
        }
        if (written >= record.latest - maxDisorder) {
            record.behind = 0;
            return 0;
        }
        if (++record.behind > CLOCK_SET_BACK) {
            record.latest = written;
            record.behind = 0;
        }
        return QualityMark.OUT_OF_ORDER.bit();
    }

    private static boolean isEnd(EventKind kind) {
        return kind == EventKind.PROCESS_EXIT || kind == EventKind.ENGINE_STOP;
    }
}
