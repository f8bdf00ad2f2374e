package io.faultline.cli.simulate;

import static java.util.Locale.ROOT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A vLLM (V1) server: its start, a stat line every ten seconds, uvicorn's access lines, and its ends. */
final class VllmReplica {

    private static final long INTERVAL = 10_000;
    private static final double KV_PER_REQUEST = 0.92;
    private static final int MOST_RUNNING = 96;

    private final Scene scene;
    private final ReplicaShape shape;
    private final Dice dice;
    private final LogFile log;
    private final VllmLines lines;
    private final List<Span> idle = new ArrayList<>();
    private final Span saturated;
    private final Span prefill;
    private final long restartAt;
    private long stallFrom = Long.MAX_VALUE;
    private long stallUntil = Long.MAX_VALUE;
    private Optional<ReplicaTrouble> trouble = Optional.empty();
    private double waiting;
    private double running;
    private double kvUsage;
    private double hitRate = 31;
    private boolean silent;

    private record Span(long from, long until) {
        boolean holds(long at) {
            return from <= at && at < until;
        }
    }

    VllmReplica(Scene scene, ReplicaShape shape) {
        this.scene = scene;
        this.shape = shape;
        this.dice = scene.dice(shape.name());
        this.log = new LogFile(shape.name() + ".log");
        this.lines = new VllmLines(log, shape, dice);
        long length = scene.end() - scene.start();
        if (shape.idles()) {
            idle.add(span(length, 0.22, 0.12));
            idle.add(span(length, 0.62, 0.15));
        }
        this.saturated = shape.saturates() ? span(length, 0.45, 0.13) : new Span(0, 0);
        long long100k = scene.start() + Math.round(length * dice.real(0.80, 0.84));
        this.prefill = shape.idles() ? new Span(long100k, long100k + 2 * INTERVAL) : new Span(0, 0);
        this.restartAt = shape.restarts() ? scene.start() + Math.round(length * dice.real(0.48, 0.55)) : Long.MAX_VALUE;
    }

    private Span span(long length, double from, double share) {
        long begin = scene.start() + Math.round(length * (from + dice.real(0, 0.04)));
        return new Span(begin, begin + Math.round(length * share));
    }

    /** Lets the engine hang from one moment to another; whoever notices restarts it then. */
    void stall(long from, long until) {
        stallFrom = from;
        stallUntil = until;
    }

    /** Lets something else go wrong. */
    void trouble(ReplicaTrouble newTrouble) {
        trouble = Optional.of(newTrouble);
    }

    LogFile run() {
        long at = lines.start(scene.start() + dice.millis(500, 3000)) + INTERVAL;
        boolean restarted = false;
        while (at < scene.end()) {
            if (at >= stallFrom && at < stallUntil) {
                at = hang(at);
            } else if (trouble.isPresent() && at >= trouble.get().from()) {
                at = trouble.get().strike(this, at);
                trouble = Optional.empty();
            } else if (!restarted && at >= restartAt) {
                restarted = true;
                at = restart(at + 1200);
            } else {
                interval(at);
                at += INTERVAL + dice.millis(-3, 6);
            }
        }
        return log;
    }

    long restart(long at) {
        lines.shutdown(at);
        long back = lines.start(at + 6_000);
        scene.outage(shape.name(), at, back, Scene.Outage.Kind.RESTARTING);
        waiting = 0;
        running = 0;
        return back + INTERVAL;
    }

    String name() {
        return shape.name();
    }

    VllmLines lines() {
        return lines;
    }

    Dice dice() {
        return dice;
    }

    Scene scene() {
        return scene;
    }

    int runs() {
        return Math.max(8, (int) running);
    }

    double hitRate() {
        return hitRate;
    }

    /** One stat line and what was answered in the ten seconds before it. */
    void interval(long at) {
        double demand = demand(at);
        if (demand == 0) {
            running = 0;
            if (!silent) {
                lines.stats(at, 0, 0, 0, 0, 0, hitRate);
            }
            silent = true;
            access(at, 0);
            return;
        }
        silent = false;
        int arrived = dice.poisson(demand * INTERVAL / 1000);
        boolean heavy = prefill.holds(at);
        double capacity = MOST_RUNNING / 2.1;
        double served = Math.min(capacity, arrived + waiting);
        waiting = Math.max(0, waiting + arrived - served);
        running = waiting >= 1 ? MOST_RUNNING - dice.between(0, 4) : Math.max(1, served * 0.42 + dice.noise(1.4));
        kvUsage = Math.min(88.4, running * KV_PER_REQUEST + dice.noise(0.8));
        hitRate = Math.min(62, Math.max(12, hitRate + dice.noise(0.6)));
        if (heavy) {
            // one prompt of 100k tokens and more: nothing is generated while it is read
            lines.stats(at, 11_200 + dice.noise(300), dice.real(0, 0.4), 1, 0, 6.4 + dice.real(0, 0.6), hitRate);
            access(at, 0);
            return;
        }
        double generated = served * shape.tokensPerReply() / 10.0 * (1 + dice.noise(0.05));
        double prompt = served * shape.tokensPerReply() * 1.6 / 10.0 * (1 + dice.noise(0.12));
        lines.stats(
                at,
                prompt,
                Math.max(5, generated),
                (int) Math.round(running),
                (int) waiting,
                Math.max(0.4, kvUsage),
                hitRate);
        access(at, (int) Math.round(served));
        if (dice.chance(0.006)) {
            lines.promptTooLong(at + dice.millis(200, 4000));
        }
    }

    private double demand(long at) {
        for (Span span : idle) {
            if (span.holds(at)) {
                return 0;
            }
        }
        double wave = 1 + 0.18 * Math.sin((at - scene.start()) / 420_000.0);
        double load = shape.requestsPerSecond() * wave;
        if (!shape.saturates() || !saturated.holds(at)) {
            return load;
        }
        // more than fits for the first half of the span; the second half works the queue off
        boolean rising = at - saturated.from() < (saturated.until() - saturated.from()) / 2;
        return rising ? 5.6 : load * 0.8;
    }

    private void access(long at, int answered) {
        long from = at - INTERVAL;
        for (int i = 0; i < answered; i++) {
            lines.access(from + dice.millis(1, INTERVAL - 1), "POST", "/v1/chat/completions", 200);
        }
        lines.access(from + 1000, "GET", "/health", 200);
        lines.access(from + 6000, "GET", "/metrics", 200);
        if (dice.chance(0.02)) {
            lines.access(from + 3000, "GET", dice.pick("/", "/favicon.ico", "/v1/model"), 404);
        }
        if (dice.chance(0.02)) {
            lines.access(from + 4000, "POST", "/v1/chat/completions", 401);
        }
    }

    /** Requests are there and nothing moves, while /health says 200; then somebody restarts the replica. */
    private long hang(long from) {
        int stuck = Math.max(6, (int) running);
        double usage = Math.max(3, Math.round(kvUsage * 10) / 10.0);
        double queue = 0;
        List<Line> evidence = new ArrayList<>();
        long at = from;
        for (; at < stallUntil; at += INTERVAL) {
            evidence.add(lines.stats(at, 0, 0, stuck, (int) queue, usage, hitRate));
            queue = Math.min(180, queue + dice.poisson(shape.requestsPerSecond() * 2));
            access(at, 0);
        }
        long stopped = at - INTERVAL + 2_500;
        long back = restart(stopped);
        scene.outage(shape.name(), from - INTERVAL, stopped, Scene.Outage.Kind.STALLED);
        scene.plant(
                FaultName.INFERENCE_STALL,
                Map.of("replica", shape.name()),
                from - INTERVAL,
                stopped,
                evidence.subList(0, Math.min(12, evidence.size())));
        return back;
    }

    /** {@code %.1f}, as all numbers of a stat line. */
    static String oneDigit(double value) {
        return String.format(ROOT, "%.1f", value);
    }
}
