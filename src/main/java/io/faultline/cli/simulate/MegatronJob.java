package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A pre-training job under Slurm: the combined output of all ranks with {@code srun --label}. It starts slowly, steps
 * at an even pace, stands still for checkpoints and evaluations, and starts again after a fault from its last
 * checkpoint, so that iteration and consumed samples go back.
 */
final class MegatronJob {

    /** A fault and when it strikes. */
    record Appointment(TrainingFault fault, long at) {}

    private final Scene scene;
    private final JobShape shape;
    private final Ranks ranks;
    private final Dice dice;
    private final LogFile log;
    private final MegatronStartUp startUp;
    private final int jobId;

    private int attempt;
    private int iteration;
    private int savedIteration;
    private int sinceStart;
    private double lossScale;
    private boolean overflowing;
    private double straggling = 1;
    private double dataMillis = 44.7;
    private List<Line> steps = new ArrayList<>();

    MegatronJob(Scene scene, JobShape shape, Ranks ranks) {
        this.scene = scene;
        this.shape = shape;
        this.ranks = ranks;
        this.dice = scene.dice(shape.name());
        this.log = new LogFile(shape.name() + ".log");
        this.startUp = new MegatronStartUp(this);
        this.jobId = dice.between(4100, 9800);
        this.iteration = shape.firstIteration();
        this.savedIteration = shape.firstIteration() - 1;
        this.lossScale = shape.half() ? 4294967296.0 : 1.0;
    }

    LogFile run(List<Appointment> appointments) {
        long at = scene.start() + dice.millis(500, 2500);
        for (Appointment appointment : appointments) {
            long started = at;
            at = train(startUp.write(at), appointment.at());
            TrainingFault.Interruption interruption = appointment.fault().strike(this, at);
            at = interruption.restarts();
            scheduler(started, interruption.ended());
            attempt++;
        }
        if (at < scene.end()) {
            long started = at;
            train(startUp.write(at), scene.end());
            scheduler(started, scene.end());
        }
        return log;
    }

    private long train(long from, long until) {
        iteration = savedIteration + 1;
        sinceStart = 0;
        steps = new ArrayList<>();
        long at = from;
        long next = at + stepMillis();
        while (next < until) {
            at = next;
            step(at, currentLoss(), currentGradNorm());
            int done = iteration - 1;
            if (done % shape.saveEvery() == 0 && at + 2L * shape.saveMillis() < until) {
                at = save(at, done);
            }
            if (done % shape.evaluateEvery() == 0 && at + 90_000 < until) {
                at = evaluate(at, done);
            }
            next = at + stepMillis();
        }
        return at;
    }

    /** The next step's line. A NaN loss is written as Python writes it. */
    Line step(long at, double loss, double gradNorm) {
        boolean overflow = overflowing || (shape.half() && lossScale > 65536);
        sinceStart++;
        long samples = (long) iteration * shape.batch();
        double elapsed = lastGapMillis(at);
        StringBuilder text = new StringBuilder(360)
                .append(ranks.label(lastRank()))
                .append(" [")
                .append(Stamps.dotMillis(at))
                .append(String.format(ROOT, "%03d]", dice.between(0, 999)))
                .append(String.format(
                        ROOT,
                        " iteration %8d/%8d | consumed samples: %12d |",
                        iteration,
                        shape.totalIterations(),
                        samples))
                .append(String.format(ROOT, " elapsed time per iteration (ms): %.1f |", elapsed))
                .append(String.format(
                        ROOT,
                        " throughput per GPU (TFLOP/s/GPU): %.1f |",
                        shape.tflops() * shape.stepMillis() / elapsed))
                .append(String.format(
                        ROOT, " learning rate: %.6E | global batch size: %5d |", learningRate(), shape.batch()));
        if (!overflow) {
            text.append(String.format(ROOT, " lm loss: %.6E |", loss));
        }
        text.append(String.format(ROOT, " loss scale: %.1f |", lossScale));
        if (!overflow) {
            text.append(" grad norm: ")
                    .append(Double.isNaN(gradNorm) ? "nan" : String.format(ROOT, "%.3f", gradNorm))
                    .append(" |");
        }
        text.append(String.format(
                ROOT,
                " number of skipped iterations: %3d | number of nan iterations: %3d |",
                overflow ? 1 : 0,
                Double.isNaN(loss) ? 1 : 0));
        Line line = log.add(at, text.toString());
        if (overflow) {
            lossScale = Math.max(1, lossScale / 2);
        }
        steps.add(line);
        if (sinceStart == 1) {
            memory(at + 3);
        }
        if (iteration % 20 == 0) {
            timers(at + 1);
        }
        iteration++;
        return line;
    }

    /** What the loss would be now if nothing were wrong: a long decay, and noise. */
    double currentLoss() {
        double decay = shape.firstIteration() == 1
                ? 8.3 * Math.exp(-iteration / 55.0)
                : 0.05 * Math.exp(-(iteration - shape.firstIteration()) / 700.0);
        return shape.loss() + decay + dice.noise(0.011);
    }

    double currentGradNorm() {
        double early = shape.firstIteration() == 1 ? 6 * Math.exp(-iteration / 30.0) : 0;
        return Math.max(0.05, (shape.gradNorm() + early) * (1 + dice.noise(0.09)));
    }

    /** The first steps after a start compile kernels and fill caches: 12, 3 and 1.5 times as slow. */
    long stepMillis() {
        double factor = sinceStart == 0 ? 12 : sinceStart == 1 ? 3 : sinceStart == 2 ? 1.5 : 1;
        return Math.round(shape.stepMillis() * factor * (1 + dice.noise(0.012)));
    }

    private double lastGapMillis(long at) {
        long gap = steps.isEmpty()
                ? shape.stepMillis() * 12L
                : at - steps.get(steps.size() - 1).at();
        return gap - dice.real(0.2, 3.4);
    }

    private double learningRate() {
        double warm = Math.min(1.0, iteration / 2000.0);
        double decay = 0.5 * (1 + Math.cos(Math.PI * iteration / shape.totalIterations()));
        return shape.learningRate() * warm * (0.1 + 0.9 * decay);
    }

    private void memory(long at) {
        for (int node = 0; node < ranks.nodes().size(); node++) {
            int rank = node * ranks.perNode();
            double allocated = dice.real(31_000, 33_000);
            say(
                    at,
                    rank,
                    String.format(
                            ROOT,
                            "[Rank %d] (after %d iterations) memory (MB) | allocated: %.3f | max allocated: %.3f | reserved: %.1f | max reserved: %.1f",
                            rank,
                            iteration,
                            allocated,
                            allocated + 21_400.5,
                            61_840.0,
                            61_840.0));
        }
    }

    private void timers(long at) {
        double forward = shape.stepMillis() * 0.93;
        say(at, lastRank(), "(min, max) time across ranks (ms):");
        say(at, lastRank(), timer("forward-backward", forward, 1.02));
        if (straggling > 1) {
            say(at, lastRank(), bounds("forward-compute", forward * 0.4, forward * 0.4 * straggling));
        }
        say(at, lastRank(), bounds("batch-generator", 18.2, dataMillis));
        say(at, lastRank(), timer("grads-reduce-scatter", shape.stepMillis() * 0.012, 1.3));
        say(at, lastRank(), timer("optimizer", shape.stepMillis() * 0.03, 1.05));
    }

    private String timer(String name, double least, double spread) {
        return bounds(name, least, least * dice.real(1.0, spread));
    }

    private static String bounds(String name, double least, double most) {
        return "    " + name + " " + ".".repeat(46 - name.length())
                + String.format(ROOT, ": (%.2f, %.2f)", least, most);
    }

    private long save(long at, int done) {
        String directory = "/checkpoints/" + name();
        long took = Math.round(shape.saveMillis() * dice.real(0.85, 1.25));
        say(
                at + 40,
                0,
                String.format(ROOT, "saving checkpoint at iteration %7d to %s in torch_dist format", done, directory));
        say(
                at + took,
                0,
                String.format(
                        ROOT,
                        "  successfully saved checkpoint at iteration %7d to %s [ t 1/%d, p 1/1 ]",
                        done,
                        directory,
                        Math.min(8, ranks.perNode())));
        say(at + took + 2, lastRank(), "(min, max) time across ranks (ms):");
        say(at + took + 2, lastRank(), timer("save-checkpoint", (double) took, 1.001));
        savedIteration = done;
        return at + took + 20;
    }

    private long evaluate(long at, int done) {
        int batches = 16;
        long each = Math.round(shape.stepMillis() * 0.45);
        say(at + 30, 0, "Evaluating on " + batches * shape.batch() + " samples");
        for (int batch = 4; batch <= batches; batch += 4) {
            say(at + 30 + batch * each, 0, "Evaluating iter " + batch + "/" + batches);
        }
        long end = at + 30 + batches * each + 120;
        double loss = currentLoss() + 0.02;
        String text = String.format(
                ROOT,
                "validation loss at iteration %d | lm loss value: %.6E | lm loss PPL: %.6E | ",
                done,
                loss,
                Math.exp(loss));
        String rule = "-".repeat(text.length());
        say(end, lastRank(), rule);
        say(end, lastRank(), " " + text);
        say(end, lastRank(), rule);
        return end + 15;
    }

    /** What goes on whether the job makes progress or not: heartbeats and the scheduler's pulse. */
    private void scheduler(long from, long until) {
        long started = from;
        for (long at = from + 20_000; at < Math.min(until, scene.end()); at += 30_000 + dice.millis(-400, 400)) {
            Cluster.Node node = ranks.nodes().get(dice.between(0, ranks.nodes().size() - 1));
            log.add(
                    at,
                    Stamps.comma(at) + " - cluster.heartbeat - INFO - node " + node.name() + " alive, "
                            + ranks.perNode() + " of " + ranks.perNode() + " GPUs busy");
        }
        for (long at = from + 240_000; at < Math.min(until, scene.end()); at += 300_000) {
            long minutes = (at - started) / 60_000;
            log.add(
                    at,
                    "[" + Stamps.space(at) + "] PULSE: " + name() + " is running for "
                            + String.format(ROOT, "%02d:%02d:00", minutes / 60, minutes % 60) + " since "
                            + Stamps.slurm(started) + " (" + jobId + " on 'gpu' partition ("
                            + ranks.nodeList() + "))");
        }
    }

    Line say(long at, int rank, String text) {
        return log.add(at, ranks.label(rank) + text);
    }

    /** From now on each step's gradients overflow, or no more. */
    void overflow(boolean newOverflowing) {
        overflowing = newOverflowing;
        lossScale = Math.min(lossScale, 64);
    }

    /** From now on the slowest rank needs so many times the time of the fastest. */
    void straggle(double factor) {
        straggling = factor;
    }

    /** From now on a batch is waited for so long. */
    void starve(double millis) {
        dataMillis = millis;
    }

    /** The last {@code count} steps of this run. */
    List<Line> lastSteps(int count) {
        return List.copyOf(steps.subList(Math.max(0, steps.size() - count), steps.size()));
    }

    void plant(FaultName fault, Map<String, String> culprit, long started, long ended, List<Line> evidence) {
        scene.plant(fault, Map.of("job", name()), culprit, started, ended, evidence);
    }

    JobExit exit() {
        return new JobExit(log, ranks, this::pid, jobId + "." + attempt, "pretrain.py");
    }

    /** The process of a rank; another one after each start. */
    int pid(int rank) {
        return 20_000 + jobId % 1000 * 10 + attempt * 1777 + ranks.local(rank) * 3 + rank / ranks.perNode() * 137;
    }

    String name() {
        return shape.name();
    }

    JobShape shape() {
        return shape;
    }

    Ranks ranks() {
        return ranks;
    }

    Dice dice() {
        return dice;
    }

    Scene scene() {
        return scene;
    }

    LogFile log() {
        return log;
    }

    int attempt() {
        return attempt;
    }

    int jobId() {
        return jobId;
    }

    int done() {
        return iteration - 1;
    }

    int savedIteration() {
        return savedIteration;
    }

    int lastRank() {
        return ranks.world() - 1;
    }
}
