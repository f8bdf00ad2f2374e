package io.faultline.model;

/**
 * What an incident has cost.
 *
 * @param gpuHours GPU-hours that did no work: stalled, restarting, or thrown away by going back to a checkpoint
 * @param gpus how many GPUs that concerns; 0 where it is not known
 * @param running whether it still grows
 */
public record Cost(double gpuHours, int gpus, boolean running) {

    /** Nothing is known of it. */
    public static final Cost UNKNOWN = new Cost(0, 0, false);

    public boolean isKnown() {
        return gpus > 0;
    }
}
