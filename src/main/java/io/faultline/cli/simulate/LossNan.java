package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The gradient grows for some steps, then the loss is not a number and stays so until the job is stopped. */
final class LossNan implements TrainingFault {

    private static final int CLIMB = 7;
    private static final int NAN_STEPS = 22;

    @Override
    public FaultName name() {
        return FaultName.LOSS_NAN;
    }

    @Override
    public long lasts(int minutes) {
        return 170_000;
    }

    @Override
    public Interruption strike(MegatronJob job, long at) {
        List<Line> evidence = new ArrayList<>();
        double norm = job.shape().gradNorm();
        long now = at;
        long started = at;
        for (int i = 0; i < CLIMB; i++) {
            now += job.stepMillis();
            norm *= job.dice().real(1.9, 2.8);
            Line line = job.step(now, job.currentLoss() + Math.max(0, i - 4) * 0.21, norm);
            if (i == 0) {
                started = now;
            }
            if (i >= CLIMB - 2) {
                evidence.add(line);
            }
        }
        for (int i = 0; i < NAN_STEPS; i++) {
            now += job.stepMillis();
            Line line = job.step(now, Double.NaN, Double.NaN);
            if (i < 5) {
                evidence.add(line);
            }
        }
        long stopped = now + 1500;
        job.exit().cancelled(stopped);
        job.plant(name(), Map.of(), started, stopped, evidence);
        return new Interruption(stopped, stopped + 35_000);
    }
}
