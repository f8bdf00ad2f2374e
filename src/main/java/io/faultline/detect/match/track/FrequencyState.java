package io.faultline.detect.match.track;

/**
 * The events that are not too old; eight bytes each, and a KiB for each that is quoted.
 *
 * @param times when they came, in milliseconds, the oldest first; less than a thousand
 * @param quoted the last of them
 * @param nearly when it was last told that they were nearly too many, in milliseconds; {@link #NEVER} for not yet
 */
public record FrequencyState(long[] times, Candidate[] quoted, long nearly) {

    static final long NEVER = Long.MIN_VALUE;
    static final FrequencyState EMPTY = new FrequencyState(new long[0], new Candidate[0], NEVER);
}
