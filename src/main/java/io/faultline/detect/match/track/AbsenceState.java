package io.faultline.detect.match.track;

/**
 * What is known of something that should speak; a KiB.
 *
 * @param last what it said last, or what expects it
 * @param spoke whether it ever did
 * @param silent whether nothing is to be told: it was, or it was removed
 */
public record AbsenceState(Candidate last, boolean spoke, boolean silent) {}
