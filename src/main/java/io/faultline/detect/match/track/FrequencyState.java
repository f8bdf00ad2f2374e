package io.faultline.detect.match.track;

/**
 * The events that are not too old; eight bytes each, and a KiB for each that is quoted.
 *
 * @param times when they came, in milliseconds, the oldest first; less than a thousand
 * @param quoted the last of them
 */
public record FrequencyState(long[] times, Candidate[] quoted) {

    static final FrequencyState EMPTY = new FrequencyState(new long[0], new Candidate[0]);
}
