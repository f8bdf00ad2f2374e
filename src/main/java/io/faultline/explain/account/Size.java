package io.faultline.explain.account;

/**
 * How many GPUs a job has.
 *
 * @param told how many the log said there are; 0 where it did not
 * @param sized whether it said so since the last start
 * @param listed how many the inventory says there are; 0 where it does not
 */
public record Size(int told, boolean sized, int listed) {

    static final Size UNKNOWN = new Size(0, false, 0);

    /**
     * With what a sign says: the largest number since the last start.
     *
     * @param anew whether it is the first of a new start
     */
    Size with(Sign sign, boolean anew) {
        boolean before = sized && !(anew && sign.gpus() > 0);
        int gpus = before ? Math.max(told, sign.gpus()) : sign.gpus();
        return new Size(
                sign.gpus() > 0 ? gpus : told,
                before || sign.gpus() > 0,
                sign.listedGpus() > 0 ? sign.listedGpus() : listed);
    }

    /** Started again; what was told before holds until something else is told. */
    Size restarted(boolean saysSo) {
        return new Size(told, saysSo, listed);
    }

    /** 0 where nothing says so. */
    int gpus() {
        return told > 0 ? told : listed;
    }
}
