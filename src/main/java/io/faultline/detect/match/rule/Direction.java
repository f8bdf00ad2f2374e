package io.faultline.detect.match.rule;

/** Which way a number goes that is looked for. */
public enum Direction {
    UP,
    DOWN,
    BOTH;

    public boolean holds(double difference) {
        return this == BOTH || (this == UP ? difference > 0 : difference < 0);
    }
}
