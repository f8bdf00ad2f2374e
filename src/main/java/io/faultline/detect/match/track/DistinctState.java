package io.faultline.detect.match.track;

/**
 * The values that are not too old.
 *
 * @param values the last event of each, the one that is the longest ago first; less than a thousand, a KiB each
 */
public record DistinctState(Candidate[] values) {}
