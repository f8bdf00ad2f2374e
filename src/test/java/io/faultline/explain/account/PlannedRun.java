package io.faultline.explain.account;

import io.faultline.model.Entity;
import io.faultline.model.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A training job that is played from a plan: each stretch of time is put into its bucket when it is planned, and the lines
 * that a trainer would write come beside it. It knows nothing of how a ledger works.
 */
final class PlannedRun {

    static final Entity JOB = Entity.ofJob("train-llm");

    private final Map<Bucket, Long> truth = new EnumMap<>(Bucket.class);
    private final List<Sign> signs = new ArrayList<>();
    private final List<Long> stepTimes = new ArrayList<>();
    private final int ranks;
    private final long begin;
    private final long stepMillis;
    private long clock;
    private int step;
    private int saved;
    private int interruptions;
    private long repair;
    private int line;

    PlannedRun(long begin, long stepMillis, int ranks) {
        this.begin = begin;
        this.clock = begin;
        this.stepMillis = stepMillis;
        this.ranks = ranks;
        for (Bucket bucket : Bucket.values()) {
            truth.put(bucket, 0L);
        }
    }

    /** Hours of training with everything that can come between. */
    static PlannedRun drawn(Random random) {
        PlannedRun run = new PlannedRun(1_772_359_200_000L, 2_000 + random.nextInt(8_000), 1 + random.nextInt(4));
        run.start(60_000 + random.nextInt(120_000), 0);
        run.steps(50 + random.nextInt(200), random);
        int events = 3 + random.nextInt(8);
        for (int i = 0; i < events; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> run.checkpoint(20_000 + random.nextInt(100_000));
                case 2 -> run.evaluation(10_000 + random.nextInt(100_000));
                case 3 -> run.stall(600_000 + random.nextInt(1_200_000));
                case 4 -> run.crash(random.nextInt(30_000), 60_000 + random.nextInt(300_000), random);
                default -> run.hangThenCrash(700_000, 60_000 + random.nextInt(300_000));
            }
            run.steps(30 + random.nextInt(150), random);
        }
        run.success();
        return run;
    }

    List<Sign> signs() {
        return signs;
    }

    double seconds(Bucket bucket) {
        return truth.get(bucket) / 1000.0;
    }

    double elapsed() {
        return (clock - begin) / 1000.0;
    }

    int interruptions() {
        return interruptions;
    }

    double repairSeconds() {
        return repair / 1000.0;
    }

    long now() {
        return clock;
    }

    void start(long millis, int from) {
        sign(Sign.Kind.FACT, Double.NaN, true);
        spend(Bucket.INITIALISING, millis);
        sign(Sign.Kind.START, from == 0 ? Double.NaN : from, true);
    }

    void steps(int count, Random random) {
        for (int i = 0; i < count; i++) {
            long took = Math.round(stepMillis * (0.97 + 0.06 * random.nextDouble()));
            spend(Bucket.PRODUCTIVE, took);
            step++;
            stepTimes.add(took);
            for (int rank = 0; rank < ranks; rank++) {
                sign(Sign.Kind.STEP, step, true, rank * 7L);
            }
        }
    }

    void checkpoint(long millis) {
        sign(Sign.Kind.CHECKPOINT_BEGIN, step, true);
        spend(Bucket.CHECKPOINT, millis);
        sign(Sign.Kind.CHECKPOINT_END, step, true);
        saved = step;
    }

    void evaluation(long millis) {
        sign(Sign.Kind.EVALUATION_BEGIN, step, true);
        spend(Bucket.EVALUATION, millis);
        sign(Sign.Kind.EVALUATION_END, step, true);
    }

    /** Nothing moves, and then it goes on by itself. */
    void stall(long millis) {
        spend(Bucket.STALLED, millis);
        interruptions++;
        // it has recovered when a step is made, and that step needs its time
        repair += millis + stepMillis;
    }

    /** Dies in the middle of a step and starts again from the last checkpoint. */
    void crash(long intoStep, long restart, Random random) {
        spend(Bucket.WASTED, Math.min(intoStep, stepMillis));
        die(restart, restart);
    }

    void hangThenCrash(long hang, long restart) {
        spend(Bucket.STALLED, hang);
        die(restart, hang + restart);
    }

    private void die(long restart, long outage) {
        for (int rank = 0; rank < ranks; rank++) {
            sign(Sign.Kind.EXIT, Double.NaN, true, rank * 900L);
        }
        interruptions++;
        spend(Bucket.RESTARTING, restart);
        sign(Sign.Kind.START, saved, true);
        repair += outage + stepMillis;
        // what was trained since the checkpoint is thrown away; a run without one begins anew, and loses nothing
        long thrown = 0;
        for (int i = stepTimes.size() - (step - saved); i < stepTimes.size() && saved > 0; i++) {
            thrown += stepTimes.get(i);
        }
        truth.merge(Bucket.PRODUCTIVE, -thrown, Long::sum);
        truth.merge(Bucket.WASTED, thrown, Long::sum);
        while (stepTimes.size() > saved) {
            stepTimes.remove(stepTimes.size() - 1);
        }
        step = saved;
    }

    void success() {
        sign(Sign.Kind.SUCCESS, Double.NaN, true);
    }

    private void spend(Bucket bucket, long millis) {
        clock += millis;
        truth.merge(bucket, millis, Long::sum);
    }

    void sign(Sign.Kind kind, double number, boolean timed) {
        sign(kind, number, timed, 0);
    }

    private void sign(Sign.Kind kind, double number, boolean timed, long later) {
        int size = kind == Sign.Kind.FACT ? 16 : 0;
        signs.add(new Sign(
                "job/train-llm",
                JOB,
                kind,
                Instant.ofEpochMilli(clock + later),
                timed,
                number,
                size,
                0,
                "",
                "",
                Origin.file("train-llm.log", ++line)));
    }
}
