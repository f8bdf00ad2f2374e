package io.faultline.explain.account;

/** Where a job's time goes. */
enum Bucket {
    INITIALISING,
    PRODUCTIVE,
    CHECKPOINT,
    EVALUATION,
    STALLED,
    RESTARTING,
    WASTED;

    /** Whether it is what an incident costs; the others are work, or the price of work. */
    boolean isLost() {
        return compareTo(STALLED) >= 0;
    }
}
