package io.faultline.collect.parse.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a stream between its records. About 60 bytes and the note.
 *
 * @param format the parser that last understood a record, so that it is asked first; empty at the start
 * @param family the family of the stream; GENERIC while unknown
 * @param lastTimestamp milliseconds of the last time a record wrote; {@link #NEVER} at the start
 * @param lastArrival when that record came, in milliseconds of the source's clock; {@link #NEVER} at the start
 * @param stopTimestamp milliseconds of the last orderly stop; {@link #NEVER} where there was none
 * @param note what a parser needs of an earlier record, see {@link FormatParser#note}; empty where there is none
 */
public record StreamMemory(
        String format, Family family, long lastTimestamp, long lastArrival, long stopTimestamp, String note) {

    private static final long MINUTE = 60_000;

    /** No time yet. */
    public static final long NEVER = Long.MIN_VALUE;

    /** A longer note is none: it bounds the state of a stream. */
    public static final int LONGEST_NOTE = 4096;

    /** A stream of which nothing was read. */
    public static final StreamMemory EMPTY = of("", Family.GENERIC);

    /** A stream of which no more is known than what writes it. */
    public static StreamMemory of(String format, Family family) {
        return new StreamMemory(format, family, NEVER, NEVER, NEVER, "");
    }

    /** Whether an orderly stop was asked for in the time before. */
    public boolean stoppedWithin(@Nullable Instant time, long millis) {
        if (stopTimestamp == NEVER || time == null) {
            return false;
        }
        long since = time.toEpochMilli() - stopTimestamp;
        return since >= -1000 && since <= millis;
    }

    /** The same at a later record's time; of several with the same time the first is remembered. */
    public StreamMemory at(Instant written, Instant arrival) {
        return written.toEpochMilli() == lastTimestamp
                ? this
                : new StreamMemory(format, family, written.toEpochMilli(), arrival.toEpochMilli(), stopTimestamp, note);
    }

    /**
     * When a record was written that has no time and came just when it was written: with the last one that has a time, as in a
     * file, unless it came more than a minute later than that; then as much later. Null where none had a time.
     */
    @Nullable
    public Instant timeOf(Instant arrival) {
        Instant before = lastTime();
        // a state that was written before there was a lastArrival has 0
        if (before == null || lastArrival <= 0) {
            return before;
        }
        long later = arrival.toEpochMilli() - lastArrival;
        return later <= MINUTE ? before : before.plusMillis(later);
    }

    /** The last time a record wrote, or null. */
    @Nullable
    public Instant lastTime() {
        return lastTimestamp == NEVER ? null : Instant.ofEpochMilli(lastTimestamp);
    }
}
