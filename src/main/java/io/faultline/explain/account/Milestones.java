package io.faultline.explain.account;

import java.util.Arrays;

/**
 * How much productive time it took to get to which step, so that it is known what a return to an earlier step throws away.
 * Of many steps every second is forgotten; between two that are known the time is taken to pass evenly.
 */
final class Milestones {

    /** Steps of a constant pace need two; these are enough for the turns of a long run. */
    private static final int MOST = 256;

    private double[] steps;
    private long[] productive;

    Milestones(double[] steps, long[] productive) {
        this.steps = steps;
        this.productive = productive;
    }

    double[] steps() {
        return steps;
    }

    long[] productive() {
        return productive;
    }

    void clear() {
        steps = new double[0];
        productive = new long[0];
    }

    void reach(double step, long millis) {
        if (steps.length == MOST) {
            thin();
        }
        steps = Arrays.copyOf(steps, steps.length + 1);
        productive = Arrays.copyOf(productive, productive.length + 1);
        steps[steps.length - 1] = step;
        productive[productive.length - 1] = millis;
    }

    /** The productive time when a step was reached; at the first known step for all before it. */
    long at(double step) {
        int above = 0;
        while (above < steps.length && steps[above] < step) {
            above++;
        }
        if (above == steps.length) {
            return steps.length == 0 ? 0 : productive[above - 1];
        }
        if (above == 0 || steps[above] == step) {
            return productive[above];
        }
        double share = (step - steps[above - 1]) / (steps[above] - steps[above - 1]);
        return productive[above - 1] + Math.round(share * (productive[above] - productive[above - 1]));
    }

    /** Goes back to a step; all after it is forgotten. */
    void returnTo(double step) {
        long then = at(step);
        int kept = 0;
        while (kept < steps.length && steps[kept] < step) {
            kept++;
        }
        steps = Arrays.copyOf(steps, kept);
        productive = Arrays.copyOf(productive, kept);
        reach(step, then);
    }

    /** The newest stay exact: what is thrown away most often is the last few minutes. */
    private void thin() {
        int half = MOST / 2;
        double[] fewerSteps = new double[half / 2 + half];
        long[] fewer = new long[fewerSteps.length];
        for (int i = 0; i < fewer.length; i++) {
            int from = i < half / 2 ? 2 * i : half / 2 + i;
            fewerSteps[i] = steps[from];
            fewer[i] = productive[from];
        }
        steps = fewerSteps;
        productive = fewer;
    }
}
