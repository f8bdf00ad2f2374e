package io.faultline.detect.score;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measures whose change is a fault's sign, and into which direction. What follows the users' demand up and down, as
 * running requests do, or follows a plan, as the learning rate does, is not scored.
 */
enum ScoredMeasure {
    STEP_TIME("step_time_seconds", Direction.UP, 0.05, 0.05),
    LOSS("loss", Direction.UP, 0.05, 0.02),
    EVAL_LOSS("eval_loss", Direction.UP, 0.05, 0.02),
    GRAD_NORM("grad_norm", Direction.UP, 0.15, 0.05),
    TFLOPS("tflops_per_gpu", Direction.DOWN, 0.05, 1),
    TRAINING_SAMPLES("samples_per_second", Direction.DOWN, 0.05, 0),
    TRAINING_TOKENS("tokens_per_second", Direction.DOWN, 0.05, 0),
    /** Follows demand as well, so only a fall by three fifths and more is odd. */
    GENERATION("generation_tokens_per_second", Direction.DOWN, 0.2, 5),
    WAITING("waiting_requests", Direction.UP, 0.2, 5),
    PREEMPTIONS("preemptions", Direction.UP, 0.2, 2);

    /** Which way is bad. */
    enum Direction {
        UP,
        DOWN
    }

    private static final Map<String, ScoredMeasure> BY_NAME = new HashMap<>();

    static {
        for (ScoredMeasure scored : values()) {
            BY_NAME.put(scored.measure, scored);
        }
    }

    private final String measure;
    private final Direction direction;
    private final double relativeFloor;
    private final double absoluteFloor;

    /**
     * @param relativeFloor the deviation is at least this part of the expected mean
     * @param absoluteFloor the deviation is at least this, in the measure's unit
     */
    ScoredMeasure(String measure, Direction direction, double relativeFloor, double absoluteFloor) {
        this.measure = measure;
        this.direction = direction;
        this.relativeFloor = relativeFloor;
        this.absoluteFloor = absoluteFloor;
    }

    static @Nullable ScoredMeasure of(String measure) {
        return BY_NAME.get(measure);
    }

    /** A very steady series has a deviation near 0 and would be odd at each breath; this is the least that counts. */
    double leastDeviation(double expected) {
        return Math.max(absoluteFloor, relativeFloor * Math.abs(expected));
    }

    /** How many deviations into the bad direction; negative into the good one. */
    double distance(double observed, double expected, double deviation) {
        if (observed == expected) {
            return 0;
        }
        double up = (observed - expected) / Math.max(deviation, Double.MIN_NORMAL);
        return direction == Direction.UP ? up : -up;
    }
}
