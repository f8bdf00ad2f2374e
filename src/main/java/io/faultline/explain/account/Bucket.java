package io.faultline.explain.account;

/** Where a job's time goes. */
enum Bucket {
    INITIALISING(0),
    PRODUCTIVE(1),
    CHECKPOINT(2),
    EVALUATION(3),
    STALLED(4),
    RESTARTING(5),
    WASTED(6);

    /** Its place in a {@link Book}'s sums, which are in savepoints: it never changes. */
    private final int place;

    Bucket(int place) {
        this.place = place;
    }

    int place() {
        return place;
    }

    /** Whether it is what an incident costs; the others are work, or the price of work. */
    boolean isLost() {
        return compareTo(STALLED) >= 0;
    }
}
