package io.faultline.detect.match.track;

/**
 * The values that are not too old.
 *
 * @param values the last event of each, the one that is the longest ago first; less than a thousand, a KiB each
 * @param nearly when it was last told that they were nearly enough, in milliseconds; {@link #NEVER} for not yet
 */
public record DistinctState(Candidate[] values, long nearly) {

    static final long NEVER = Long.MIN_VALUE;
    static final DistinctState EMPTY = new DistinctState(new Candidate[0], NEVER);
}
