package io.faultline.explain.account;

/**
 * How much of its time a job has lost, as a line that rises or lies flat from {@code since} on.
 *
 * @param knownAt when it was known, in milliseconds
 * @param since from when it holds, in milliseconds; not after {@code knownAt}
 * @param lost the milliseconds lost up to {@code since}, since the job is known
 * @param losing whether all time from then on is lost
 * @param gpus how many GPUs the job has; 0 where that is not known
 */
public record Loss(long knownAt, long since, long lost, boolean losing, int gpus) {

    /** The milliseconds lost up to a time. */
    public long at(long millis) {
        return losing ? lost + Math.max(0, millis - since) : lost;
    }

    /** Whether a later one is the same line, further on. */
    boolean continuesAs(Loss later) {
        return losing == later.losing && gpus == later.gpus && at(later.since) == later.lost;
    }
}
