package io.faultline.explain.account;

/**
 * The sums of one job's book; all times in milliseconds.
 *
 * @param since where the next account begins
 * @param visited when an account was last due
 * @param mark up to here all time is in a bucket
 * @param spent the time in each bucket since {@code since}, by {@link Bucket#place}
 * @param productive productive time of this run, without what was thrown away
 * @param lost all time in buckets that are a loss
 * @param markSteps some steps that were reached, ascending
 * @param markProductive the productive time at each of them
 * @param interruptedAt since when it is interrupted; {@link Book#NEVER} where it is not
 * @param interruptions how many since {@code since}
 * @param recoveries how many since {@code since}
 * @param recovery the time that those took
 * @param run which run it is, from 1
 */
public record Sums(
        long since,
        long visited,
        long mark,
        long[] spent,
        long productive,
        long lost,
        double[] markSteps,
        long[] markProductive,
        long interruptedAt,
        int interruptions,
        int recoveries,
        long recovery,
        int run) {

    static Sums none() {
        return new Sums(
                0, 0, 0, new long[Bucket.values().length], 0, 0, new double[0], new long[0], Book.NEVER, 0, 0, 0, 1);
    }
}
