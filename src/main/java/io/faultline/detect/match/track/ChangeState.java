package io.faultline.detect.match.track;

/**
 * The numbers of two windows; sixteen bytes each, a thousand at most: of more, each second is left out.
 *
 * @param end when they are compared next, in milliseconds
 * @param times when the numbers came, in milliseconds, the oldest first
 * @param values the numbers
 * @param last the last event
 */
public record ChangeState(long end, long[] times, double[] values, Candidate last) {

    static final int MOST = 1000;
}
