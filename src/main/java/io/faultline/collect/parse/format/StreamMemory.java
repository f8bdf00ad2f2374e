package io.faultline.collect.parse.format;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a stream between its records. About 60 bytes and the note.
 *
 * @param format the parser that last understood a record, so that it is asked first; empty at the start
 * @param family the family of the stream; GENERIC while unknown
 * @param lastTimestamp milliseconds of the last time a record wrote; {@link #NEVER} at the start
 * @param stopTimestamp milliseconds of the last orderly stop; {@link #NEVER} where there was none
 * @param note what a parser needs of an earlier record, see {@link FormatParser#note}; empty where there is none
 */
public record StreamMemory(String format, Family family, long lastTimestamp, long stopTimestamp, String note) {

    /** No time yet. */
    public static final long NEVER = Long.MIN_VALUE;

    /** A longer note is none: it bounds the state of a stream. */
    public static final int LONGEST_NOTE = 4096;

    /** A stream of which nothing was read. */
    public static final StreamMemory EMPTY = new StreamMemory("", Family.GENERIC, NEVER, NEVER);

    /** Without a note. */
    public StreamMemory(String format, Family family, long lastTimestamp, long stopTimestamp) {
        this(format, family, lastTimestamp, stopTimestamp, "");
    }

    /** Whether an orderly stop was asked for in the time before. */
    public boolean stoppedWithin(@Nullable Instant time, long millis) {
        if (stopTimestamp == NEVER || time == null) {
            return false;
        }
        long since = time.toEpochMilli() - stopTimestamp;
        return since >= -1000 && since <= millis;
    }

    /** The last time a record wrote, or null. */
    @Nullable
    public Instant lastTime() {
        return lastTimestamp == NEVER ? null : Instant.ofEpochMilli(lastTimestamp);
    }
}
