package io.faultline.model;

/** What is doubtful about an event; {@link LogEvent#quality()} holds one bit a mark. Bits are stored: never reuse one. */
public enum QualityMark {
    /** The line had no time of its own; {@code timestamp} is when it was seen or the time of the line before. */
    TIME_MISSING(0),
    /** The line's time lay more than a day ahead of when it was seen and was set back. */
    TIME_CLAMPED(1),
    /** The event came after the watermark. */
    LATE(2),
    /** A limit cut the record. */
    TRUNCATED(3),
    /** Bytes that are no UTF-8 were replaced. */
    CHARSET_REPLACED(4),
    /** Something that must not be kept was taken out; the attribute {@code redacted} names what. */
    REDACTED(5),
    /** The source had written of a later time before. */
    OUT_OF_ORDER(6),
    /** The same record of the same source was there before; it counts in no statistic and for no rule. */
    DUPLICATE(7),
    /** The clock of the source is steadily off, by seconds or by a time zone; {@code timestamp} is as written. */
    SKEWED(8),
    /** A number is outside of what its measure can be. */
    OUT_OF_RANGE(9),
    /** Records of the series are missing before this one. */
    GAP_BEFORE(10),
    /** A counter went back: the process began anew. */
    COUNTER_RESET(11),
    /** A number is steadily a hundred or a thousand times what it was: it is written in another unit. */
    UNIT_DRIFT(12),
    /**
     * The line had no time of its own, and those around it leave more than a minute open: {@code timestamp} is the earliest
     * that it can be. Not counted by rules and statistics of how much happens within a time.
     */
    TIME_VAGUE(13);

    private final long bit;

    QualityMark(int position) {
        this.bit = 1L << position;
    }

    public long bit() {
        return bit;
    }
}
