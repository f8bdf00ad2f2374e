package io.faultline.detect.match;

/** What a rule's conditions cost, known of one evaluation in {@value #EVERY}. */
final class RuleCost {

    static final int EVERY = 1_024;

    /** So many samples are compared; more than half of them must be over the limit, which a pause of the JVM never is. */
    static final int SAMPLES = 64;

    private final long limitNanos;
    private final Runnable exceeded;
    private int evaluations;
    private int samples;
    private int over;

    /** @param exceeded run after each {@value #SAMPLES} samples of which most were over the limit */
    RuleCost(int limitMicros, Runnable exceeded) {
        this.limitNanos = limitMicros * 1_000L;
        this.exceeded = exceeded;
    }

    /** Counts an evaluation; true where its time should be taken. */
    boolean isSampled() {
        return (++evaluations & (EVERY - 1)) == 0;
    }

    void sample(long nanos) {
        samples++;
        over += nanos > limitNanos ? 1 : 0;
        if (samples == SAMPLES) {
            if (over * 2 > samples) {
                exceeded.run();
            }
            samples = 0;
            over = 0;
        }
    }
}
