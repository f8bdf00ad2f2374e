package io.faultline.explain.account;

/** Follows a job from step to step, and back: what was made after the step it goes on from is thrown away. */
final class Trail {

    private final Tally tally;
    private Steps steps;

    Trail(Tally tally, Steps steps) {
        this.tally = tally;
        this.steps = steps;
    }

    Steps steps() {
        return steps;
    }

    /** What comes next is counted so; epochs and steps can not be compared, and for steps epochs are forgotten. */
    void count(boolean epochs) {
        if (steps.byEpoch() && !epochs) {
            tally.forgetSteps();
            steps = steps.forgotten();
        }
        steps = steps.counted(epochs);
    }

    /** A start does not say where it goes on from, unless {@link #startFrom} follows. */
    void start() {
        steps = steps.startingFrom(Double.NaN);
    }

    void startFrom(double step) {
        if (!Double.isNaN(step)) {
            steps = steps.startingFrom(step);
        }
    }

    /** The next line of progress. */
    void advance(double step) {
        steps = steps.advanced(step);
        mark(step);
    }

    /**
     * The first line of progress since a start.
     *
     * @param own the productive time of this step, which is not thrown away
     */
    void resume(double step, long own) {
        double origin = steps.origin(step);
        if (steps.endAfter(origin)) {
            returnTo(origin, own);
        }
        steps = steps.reached(step);
        mark(step);
    }

    private void returnTo(double origin, long own) {
        if (origin <= 0) {
            tally.nextRun(own);
        } else {
            tally.returnTo(origin, own);
        }
    }

    private void mark(double step) {
        if (!Double.isNaN(step)) {
            tally.reach(step);
        }
    }

    /** What comes next is another run, whatever its steps are. */
    void nextRun() {
        steps = steps.forgotten();
        tally.nextRun(tally.productive());
    }
}
