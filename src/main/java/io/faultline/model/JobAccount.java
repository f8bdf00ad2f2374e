package io.faultline.model;

import java.time.Instant;

/**
 * How a training job or one replica of a service spent a span of time. The spans of one job follow each other without
 * overlap, and each has its seconds in buckets that add up to its length, so that sums over any number of them are right.
 * Work that a return to a checkpoint threw away was productive when it was done: the account in which it is known takes it
 * from there, and its productive seconds may be negative.
 *
 * @param entity the job, or the replica with its service
 * @param since where the span begins
 * @param until where it ends
 * @param initialising seconds from the first sign to the first step, or to an engine's first report
 * @param productive seconds in which steps were made, or tokens, or nothing was asked for
 * @param checkpoint seconds in which training stood still for a save
 * @param evaluation seconds in which training stood still for an evaluation
 * @param stalled seconds without progress that was due, from the last progress on
 * @param restarting seconds from an interruption to the next progress
 * @param wasted seconds of work that was thrown away: the steps that were made again, and the step that was never finished
 * @param gpus how many GPUs it has; 0 where nothing says so
 * @param interruptions how often it was interrupted: an exit that nobody asked for, a start without an exit, a stall
 * @param recoveries how often it made progress again after that
 * @param recovery the seconds from those interruptions to that progress
 * @param step the highest step reached; NaN where there are no steps
 * @param run which run of the job it is, from 1; what starts again from the first step is another one
 * @param ended whether it ended with this span
 */
public record JobAccount(
        Entity entity,
        Instant since,
        Instant until,
        double initialising,
        double productive,
        double checkpoint,
        double evaluation,
        double stalled,
        double restarting,
        double wasted,
        int gpus,
        int interruptions,
        int recoveries,
        double recovery,
        double step,
        int run,
        boolean ended) {

    /** The length of the span, in seconds. */
    public double seconds() {
        return initialising + productive + checkpoint + evaluation + stalled + restarting + wasted;
    }

    /** The seconds that an incident costs. */
    public double lost() {
        return stalled + restarting + wasted;
    }
}
