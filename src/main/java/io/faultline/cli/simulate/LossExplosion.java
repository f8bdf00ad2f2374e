package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The loss diverges for good: the gradient leads by three steps, then the loss climbs to about 12 and stays. */
final class LossExplosion implements TrainingFault {

    private static final double[] GRADIENT = {2.1, 6.4, 24, 88, 310, 240, 120, 75, 48};
    private static final double[] LOSS = {0, 0.004, 0.03, 0.12, 0.29, 0.52, 0.78, 0.93, 1};
    private static final double CEILING = 12.1;

    @Override
    public FaultName name() {
        return FaultName.LOSS_EXPLOSION;
    }

    @Override
    public long lasts(int minutes) {
        return plateau(minutes) + 100_000;
    }

    @Override
    public Interruption strike(MegatronJob job, long at) {
        List<Line> evidence = new ArrayList<>();
        long now = at;
        for (int i = 0; i < LOSS.length; i++) {
            now += job.stepMillis();
            double healthy = job.currentLoss();
            evidence.add(job.step(now, healthy + (CEILING - healthy) * LOSS[i], job.currentGradNorm() * GRADIENT[i]));
        }
        long until = now + plateau(job.scene().minutes());
        while (now < until) {
            now += job.stepMillis();
            Line line = job.step(
                    now,
                    CEILING + job.dice().noise(0.12),
                    9 + Math.abs(job.dice().noise(3)));
            if (evidence.size() < LOSS.length + 6) {
                evidence.add(line);
            }
        }
        long stopped = now + 1500;
        job.exit().cancelled(stopped);
        job.plant(name(), Map.of(), evidence.get(0).at(), stopped, evidence);
        return new Interruption(stopped, stopped + 35_000);
    }

    private static long plateau(int minutes) {
        return Math.min(5 * 60_000L, minutes * 7_000L);
    }
}
