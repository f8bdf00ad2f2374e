package io.faultline.cli.simulate;

/** Something that goes wrong in a Megatron job. */
interface TrainingFault {

    FaultName name();

    /** How long, in milliseconds, from the first sign until the job may start again. */
    long lasts(int minutes);

    /**
     * Lets the fault happen, with all that follows from it, and plants its label.
     *
     * @param job is running, and has written steps up to {@code at}
     * @return when the job ended, and when the scheduler starts it again
     */
    Interruption strike(MegatronJob job, long at);

    /** A job that is not there between two moments, epoch milliseconds. */
    record Interruption(long ended, long restarts) {}
}
