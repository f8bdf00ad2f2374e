package io.faultline.detect.match.track;

/**
 * A number's moving average; a KiB for each event of a run that is not told yet.
 *
 * @param average the moving average
 * @param seen how many numbers are in it
 * @param run the events in a row that are too much, until they are told
 * @param alarmed whether the run was told and goes on
 * @param last when the last number came, in milliseconds
 */
public record SpikeState(double average, long seen, Candidate[] run, boolean alarmed, long last) {

    private static final Candidate[] NO_RUN = {};

    static final SpikeState EMPTY = new SpikeState(0, 0, NO_RUN, false, 0);

    /** The average with one number more; a tenth of it. */
    SpikeState learn(double value, boolean stillAlarmed, long now) {
        double weight = Math.max(0.1, 1.0 / (seen + 1));
        return new SpikeState(average + weight * (value - average), seen + 1, NO_RUN, stillAlarmed, now);
    }
}
