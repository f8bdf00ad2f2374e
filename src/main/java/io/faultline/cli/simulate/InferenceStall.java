package io.faultline.cli.simulate;

/** An engine that holds requests and generates nothing for some minutes, until somebody restarts it. */
final class InferenceStall {

    /** Long enough for thirty stat lines, or a tenth of a short simulation. */
    static long lasts(int minutes) {
        return Math.min(5 * 60_000L, minutes * 6_000L);
    }

    void strike(VllmReplica replica, long at, int minutes) {
        replica.stall(at, at + lasts(minutes));
    }
}
