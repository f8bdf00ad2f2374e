package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A silent hang: no step, no watchdog, no error, while heartbeats and the scheduler's pulse go on. Somebody notices,
 * cancels the job, and starts it again.
 */
final class TrainingStall implements TrainingFault {

    @Override
    public FaultName name() {
        return FaultName.TRAINING_STALL;
    }

    @Override
    public long lasts(int minutes) {
        return silence(minutes) + 40_000;
    }

    @Override
    public Interruption strike(MegatronJob job, long at) {
        List<Line> evidence = new ArrayList<>(job.lastSteps(3));
        long noticed = at + silence(job.scene().minutes()) - job.dice().millis(0, 20_000);
        evidence.addAll(job.exit().cancelled(noticed));
        job.plant(name(), Map.of(), at, noticed, evidence);
        return new Interruption(noticed, noticed + 35_000);
    }

    /** Eleven minutes and more where the simulation is long enough, else three tenths of it. */
    private static long silence(int minutes) {
        return Math.min(13 * 60_000L, 18_000L * minutes);
    }
}
