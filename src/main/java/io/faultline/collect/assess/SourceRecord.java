package io.faultline.collect.assess;

import io.faultline.model.Entity;
import io.faultline.model.Origin;
import java.time.Instant;

/**
 * What is known of one source. Changed in place, because it changes with every line: some 3 KiB of arrays would be copied for
 * each otherwise. Flink copies it where a checkpoint needs it as it was. At most 7 KiB.
 */
public final class SourceRecord {

    /** The minute of the source's clock that is counted, or {@link Long#MIN_VALUE} while no line is. */
    public long minute = Long.MIN_VALUE;

    /** The source's clock at its last line, in epoch milliseconds. */
    public long lastLine = Long.MIN_VALUE;

    /** The latest time that was written, in epoch milliseconds. */
    public long latest = Long.MIN_VALUE;

    /** How many lines in a row were written before {@link #latest} by more than the disorder allowed. */
    public int behind;

    /** Of the last line. */
    public Instant timestamp = Instant.EPOCH;

    public Instant observed = Instant.EPOCH;
    public Entity entity = Entity.UNKNOWN;
    public Origin origin = Origin.stdin(0);
    public String stream = "";

    public Tally tally = new Tally();
    public Duplicates duplicates = new Duplicates();
    public ClockOffset offset = new ClockOffset();
    public Cadence cadence = new Cadence();
    public Formats formats = new Formats();
    public SeriesMemory series = new SeriesMemory();
}
