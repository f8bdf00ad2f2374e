package io.faultline.explain.account;

import io.faultline.model.Entity;
import io.faultline.model.JobAccount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Adds up where a job's time goes: each millisecond up to {@link #mark} is in one bucket. */
final class Tally {

    private final Milestones milestones;
    private long since;
    private long visited;
    private long mark;
    private long[] spent;
    private long productive;
    private long lost;
    private long interruptedAt;
    private int interruptions;
    private int recoveries;
    private long recovery;
    private int run;

    Tally(Sums sums) {
        since = sums.since();
        visited = sums.visited();
        mark = sums.mark();
        spent = sums.spent().clone();
        productive = sums.productive();
        lost = sums.lost();
        milestones = new Milestones(sums.markSteps(), sums.markProductive());
        interruptedAt = sums.interruptedAt();
        interruptions = sums.interruptions();
        recoveries = sums.recoveries();
        recovery = sums.recovery();
        run = sums.run();
    }

    Sums sums() {
        return new Sums(
                since,
                visited,
                mark,
                spent,
                productive,
                lost,
                milestones.steps(),
                milestones.productive(),
                interruptedAt,
                interruptions,
                recoveries,
                recovery,
                run);
    }

    /** When the next account is to be written, at whole multiples of a time. */
    long accountDue(long every) {
        return (Math.floorDiv(Math.max(since, visited), every) + 1) * every;
    }

    /** Its account was written, or there was nothing to write. */
    void visit(long now) {
        visited = now;
    }

    long mark() {
        return mark;
    }

    long productive() {
        return productive;
    }

    long lost() {
        return lost;
    }

    /** All before that is nobody's. */
    void begin(long at) {
        since = at;
        visited = at;
        mark = at;
        interruptedAt = Book.NEVER;
    }

    /** The time from the mark up to a later one goes into a bucket. */
    void settle(Bucket bucket, long until) {
        long more = until - mark;
        if (more <= 0) {
            return;
        }
        spent[bucket.place()] += more;
        productive += bucket == Bucket.PRODUCTIVE ? more : 0;
        lost += bucket.isLost() ? more : 0;
        mark = until;
    }

    boolean isInterrupted() {
        return interruptedAt != Book.NEVER;
    }

    /** Interrupted while it was interrupted: one more, and the recovery takes from the first one. */
    void interrupted(long at) {
        interruptions++;
        interruptedAt = isInterrupted() ? interruptedAt : at;
    }

    void recovered(long at) {
        recoveries++;
        recovery += at - interruptedAt;
        interruptedAt = Book.NEVER;
    }

    void gaveUp() {
        interruptedAt = Book.NEVER;
    }

    void reach(double step) {
        milestones.reach(step, productive);
    }

    void forgetSteps() {
        milestones.clear();
    }

    /** @param own the productive time that already belongs to the new run */
    void nextRun(long own) {
        run++;
        productive = own;
        milestones.clear();
    }

    /**
     * What was made after a step is thrown away.
     *
     * @param step where the job goes on
     * @param own the productive time of the step that was just made, which is not thrown away
     */
    void returnTo(double step, long own) {
        long wasted = Math.max(0, productive - own - milestones.at(step));
        spent[Bucket.PRODUCTIVE.place()] -= wasted;
        spent[Bucket.WASTED.place()] += wasted;
        productive -= wasted;
        lost += wasted;
        milestones.returnTo(step);
    }

    /** What is in the buckets since the last account, and begins the next one; null where that is nothing. */
    @Nullable
    JobAccount account(Entity entity, int gpus, double step, boolean ended) {
        if (mark <= since) {
            return null;
        }
        JobAccount account = new JobAccount(
                entity,
                Instant.ofEpochMilli(since),
                Instant.ofEpochMilli(mark),
                seconds(Bucket.INITIALISING),
                seconds(Bucket.PRODUCTIVE),
                seconds(Bucket.CHECKPOINT),
                seconds(Bucket.EVALUATION),
                seconds(Bucket.STALLED),
                seconds(Bucket.RESTARTING),
                seconds(Bucket.WASTED),
                gpus,
                interruptions,
                recoveries,
                recovery / 1000.0,
                step,
                run,
                ended);
        since = mark;
        spent = new long[spent.length];
        interruptions = 0;
        recoveries = 0;
        recovery = 0;
        return account;
    }

    private double seconds(Bucket bucket) {
        return spent[bucket.place()] / 1000.0;
    }
}
