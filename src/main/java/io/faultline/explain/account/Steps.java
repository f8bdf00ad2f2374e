package io.faultline.explain.account;

/**
 * How far a job has come; NaN where nothing counts its steps.
 *
 * @param byEpoch whether they are counted in epochs
 * @param last the last step
 * @param delta by how much the last line's step was higher than the one before
 * @param start from which step the last start goes on; NaN where it does not say
 */
public record Steps(boolean byEpoch, double last, double delta, double start) {

    /** Steps that go back this many lines are no other rank's: the job went back. */
    private static final int LINES_BACK = 3;

    static final Steps NONE = new Steps(false, Double.NaN, 0, Double.NaN);

    /** Whether they are counted, and not in epochs. */
    boolean areCounted() {
        return !byEpoch && !Double.isNaN(last);
    }

    /** Whether a step was made before; one without a number was not. */
    boolean include(double step) {
        return step <= last;
    }

    /** Whether a step is further than all that were made; one without a number is not. */
    boolean endBefore(double step) {
        return step > last;
    }

    boolean endAfter(double step) {
        return step < last;
    }

    /** Whether a step is so far back that no other rank prints it now. */
    boolean wentBackTo(double step) {
        return delta > 0 && step <= last - LINES_BACK * delta;
    }

    /** The step that the one before the first since a start was. */
    double origin(double first) {
        double line = byEpoch ? delta : Math.max(1, delta);
        return start < first ? start : first - line;
    }

    /** At the next line of progress. */
    Steps advanced(double step) {
        double more = Double.isNaN(last) ? delta : step - last;
        return new Steps(byEpoch, last, more, start).reached(step);
    }

    /** At the first line of progress since a start, of which it is not known how many steps it tells of. */
    Steps reached(double step) {
        return new Steps(byEpoch, Double.isNaN(step) ? last : step, delta, Double.NaN);
    }

    Steps startingFrom(double step) {
        return new Steps(byEpoch, last, delta, step);
    }

    Steps counted(boolean epochs) {
        return new Steps(epochs, last, delta, start);
    }

    Steps forgotten() {
        return new Steps(byEpoch, Double.NaN, delta, start);
    }
}
