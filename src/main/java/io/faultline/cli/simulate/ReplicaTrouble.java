package io.faultline.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What can go wrong with one engine besides its stall. It begins with a report and ends with a restart where one is needed.
 *
 * @param fault which
 * @param from not before this, in epoch milliseconds
 */
record ReplicaTrouble(FaultName fault, long from) {

    private static final long INTERVAL = 10_000;
    private static final long MINUTE = 60_000;

    static long lasts(FaultName fault) {
        return fault == FaultName.INFERENCE_HALF_SPEED ? 14 * MINUTE : 4 * MINUTE;
    }

    /** @return when the replica's next report is due */
    long strike(VllmReplica replica, long at) {
        return switch (fault) {
            case INFERENCE_FREEZE -> freeze(replica, at);
            case ADMISSION_STALL, INFERENCE_CRAWL, INFERENCE_HALF_SPEED, KV_PREEMPTION -> slow(replica, at);
            case ENGINE_DEATH -> death(replica, at);
            case MODEL_LOAD_FAILURE -> failedStart(replica, at);
            default -> beside(replica, at);
        };
    }

    /** Not a line more; the last report had requests. */
    private long freeze(VllmReplica replica, long at) {
        Line last = replica.lines().stats(at, 610, 840, replica.runs(), 2, 21, replica.hitRate());
        long noticed = at + 3 * MINUTE + replica.dice().millis(0, MINUTE / 2);
        plant(replica, at, noticed, List.of(last));
        return replica.restart(noticed);
    }

    private long slow(VllmReplica replica, long from) {
        List<Line> evidence = new ArrayList<>();
        long until = from + lasts(fault) - MINUTE;
        int waiting = 3;
        for (long at = from; at < until; at += INTERVAL + replica.dice().millis(-3, 6)) {
            waiting = Math.min(400, waiting + replica.dice().poisson(5));
            evidence.add(report(replica, at, waiting));
        }
        long stopped = until + 2_500;
        plant(replica, from - INTERVAL, stopped, evidence.subList(0, 12));
        return replica.restart(stopped);
    }

    private Line report(VllmReplica replica, long at, int waiting) {
        VllmLines lines = replica.lines();
        double noise = 1 + replica.dice().noise(0.05);
        return switch (fault) {
            case ADMISSION_STALL -> lines.stats(at, 0, 0, 0, waiting, 0, replica.hitRate());
            case INFERENCE_CRAWL -> lines.stats(at, 21 * noise, 34 * noise, 40, waiting, 38, replica.hitRate());
            case INFERENCE_HALF_SPEED -> lines.stats(at, 480 * noise, 390 * noise, 40, waiting, 38, replica.hitRate());
            default ->
                lines.preempting(
                        at, 700 * noise, 88, waiting, 1 + replica.dice().between(0, 3));
        };
    }

    private long death(VllmReplica replica, long at) {
        Line dead = replica.lines()
                .say(
                        at,
                        "ERROR",
                        "core_client.py:600",
                        "Engine core proc EngineCore_DP0 died unexpectedly, shutting down client.");
        plant(replica, at, at + 20_000, List.of(dead));
        return replica.lines().start(at + 20_000) + INTERVAL;
    }

    private long failedStart(VllmReplica replica, long at) {
        replica.lines().shutdown(at);
        long failed = at + 40_000;
        Line line = replica.lines().say(failed, "ERROR", "core.py:866", "EngineCore failed to start.");
        plant(replica, failed, failed + 60_000, List.of(line));
        return replica.lines().start(failed + 60_000) + INTERVAL;
    }

    /** The engine goes on as ever. */
    private long beside(VllmReplica replica, long from) {
        List<Line> evidence = new ArrayList<>();
        long at = from;
        for (; at < from + 2 * MINUTE; at += INTERVAL) {
            replica.interval(at);
            for (int i = 0; i < 20; i++) {
                if (fault != FaultName.SECRET_LEAK || evidence.isEmpty()) {
                    evidence.add(line(replica, at + 500 + i * 450L));
                }
            }
        }
        plant(replica, evidence.get(0).at(), at, evidence.subList(0, Math.min(12, evidence.size())));
        return at;
    }

    private Line line(VllmReplica replica, long at) {
        VllmLines lines = replica.lines();
        return switch (fault) {
            case REQUEST_ERRORS -> lines.access(at, "POST", "/v1/chat/completions", 500);
            case KEY_GUESSING -> lines.access(at, "POST", "/v1/chat/completions", 401);
            case SECRET_LEAK ->
                lines.say(
                        at,
                        "INFO",
                        "api_server.py:1780",
                        "environment: HF_HOME=/cache HF_TOKEN=hf_"
                                + replica.dice().hex(16) + replica.dice().hex(16) + "Ab");
            default ->
                lines.say(
                        at,
                        "ERROR",
                        "serving_models.py:190",
                        "ValueError: Loading lora sql-v2 failed: No adapter found for /adapters/sql-v2");
        };
    }

    private void plant(VllmReplica replica, long started, long ended, List<Line> evidence) {
        replica.scene().plant(fault, Map.of("replica", replica.name()), started, ended, evidence);
    }
}
