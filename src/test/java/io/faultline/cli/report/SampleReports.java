package io.faultline.cli.report;

import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Origin;
import io.faultline.model.Rejected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** An hour of the two-rack cluster in which a GPU falls off its bus, a replica stalls and a loss explodes. */
final class SampleReports {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final Instant END = START.plus(Duration.ofHours(1));

    private static final Entity GPU = Entity.ofNode("gpu-a2").with(Entity.Level.GPU, "0000:9b:00");
    private static final Entity RANK = Entity.ofJob("train-llm").with(Entity.Level.RANK, "12");
    private static final Entity REPLICA =
            Entity.UNKNOWN.with(Entity.Level.SERVICE, "chat").with(Entity.Level.REPLICA, "chat-1");

    private SampleReports() {}

    static ReportData anHour() {
        return withIncidents(List.of(gpuFallsOffTheBus(), lossExplodes(), replicaStalls(), slowSteps()));
    }

    static ReportData withIncidents(List<Incident> incidents) {
        return new ReportData(
                "Scan of 12 files",
                START,
                END,
                new ReportData.Totals(12, 148_233, 147_901, 41, Duration.ofMillis(8_400)),
                incidents,
                series(),
                List.of(
                        rejected(17, Rejected.Reason.BINARY, "gpu-b3.kernel.log", "\u0000\u0001ELF\u0002"),
                        rejected(2, Rejected.Reason.TOO_LONG, "train-llm.log", "x".repeat(600))));
    }

    static ReportData withNothing() {
        return new ReportData(
                "Scan of quiet.log",
                START,
                END,
                new ReportData.Totals(1, 900, 900, 0, Duration.ofSeconds(3)),
                List.of(),
                List.of(),
                List.of());
    }

    static Incident anIncidentSaying(String line) {
        return incident("hostile", Level.HIGH, line, 5, 6, cause(line), List.of(GPU), List.of(line), List.of(line));
    }

    private static Incident gpuFallsOffTheBus() {
        return incident(
                "gpu-a2-xid",
                Level.CRITICAL,
                "Job train-llm stopped: a GPU of gpu-a2 fell off the bus",
                22,
                34,
                new Cause(
                        CauseCategory.ENVIRONMENT,
                        "gpu.xid",
                        GPU,
                        "GPU 0000:9b:00 of gpu-a2 fell off the bus (Xid 79)",
                        0.94,
                        Cause.Verdict.CONFIRMED,
                        List.of(
                                "Xid 79 came 3 s before the first collective time-out",
                                "rank 12, the one that 15 others waited for, runs on gpu-a2",
                                "no other node of leaf-1 reported an error")),
                List.of(GPU, RANK, Entity.ofJob("train-llm")),
                List.of(
                        "gpu-a2.kernel.log:8812 Mar  1 10:22:04 gpu-a2 kernel: NVRM: Xid (PCI:0000:9b:00): 79, pid=51822,"
                                + " name=python3, GPU has fallen off the bus.",
                        "train-llm.log:40211 12: [rank12]:[E301 10:22:07.114 ProcessGroupNCCL.cpp:616] [Rank 12] Watchdog"
                                + " caught collective operation timeout: WorkNCCL(SeqNum=88213, OpType=ALLREDUCE,"
                                + " NumelIn=25165824, NumelOut=25165824, Timeout(ms)=600000) ran for 600011"
                                + " milliseconds before timing out.",
                        "train-llm.log:40212 3: [rank3]:[E301 10:22:07.201 ProcessGroupNCCL.cpp:616] [Rank 3] Watchdog"
                                + " caught collective operation timeout",
                        "train-llm.log:40218 12: torch.distributed.DistBackendError: NCCL error in unhandled system error",
                        "train-llm.log:40220 0: Traceback (most recent call last):",
                        "train-llm.log:40231 srun: error: gpu-a2: task 12: Exited with exit code 1",
                        "train-llm.log:40232 srun: launch/slurm: _step_signal: Terminating StepId=1842.0",
                        "train-llm.log:40240 slurmstepd: error: *** STEP 1842.0 ON gpu-a1 CANCELLED ***"),
                List.of(
                        "Drain gpu-a2 and reset the GPU; if Xid 79 comes back, reseat or replace it.",
                        "Restart train-llm from its last checkpoint without gpu-a2."));
    }

    private static Incident lossExplodes() {
        return incident(
                "sft-loss",
                Level.HIGH,
                "Loss of sft-code grew 40-fold in 6 steps",
                41,
                46,
                new Cause(
                        CauseCategory.DATA,
                        "training.step",
                        Entity.ofJob("sft-code"),
                        "A bad batch or too high a learning rate",
                        0.58,
                        Cause.Verdict.LIKELY,
                        List.of("grad norm rose one step before the loss", "no hardware error near it")),
                List.of(Entity.ofJob("sft-code")),
                List.of("sft-code.log:5121 {'loss': 83.11, 'grad_norm': 941.2, 'learning_rate': 2e-05, 'epoch': 1.31}"),
                List.of("Look at the batch of step 5121; restart from the checkpoint before it."));
    }

    private static Incident replicaStalls() {
        return incident(
                "chat-1-stall",
                Level.HIGH,
                "Replica chat-1 generates nothing while 23 requests run",
                48,
                55,
                new Cause(
                        CauseCategory.UNKNOWN,
                        "unknown",
                        REPLICA,
                        "nothing in the logs explains it",
                        0,
                        Cause.Verdict.UNKNOWN,
                        List.of()),
                List.of(REPLICA),
                List.of("chat-1.log:2204 INFO 03-01 10:48:30 [loggers.py:116] Engine 000: Avg prompt throughput: 0.0"
                        + " tokens/s, Avg generation throughput: 0.0 tokens/s, Running: 23 reqs, Waiting: 40 reqs, GPU KV"
                        + " cache usage: 97.1%, Prefix cache hit rate: 41.0%"),
                List.of("Take the replica out of the load balancer, keep a py-spy dump, restart it."));
    }

    private static Incident slowSteps() {
        return incident(
                "slow",
                Level.LOW,
                "Steps of train-llm take longer than usual",
                10,
                14,
                cause("A checkpoint is written at the same time"),
                List.of(Entity.ofJob("train-llm")),
                List.of("train-llm.log:1200 31: iteration 1200/ 9000 | elapsed time per iteration (ms): 9120.4"),
                List.of("Watch it."));
    }

    private static Cause cause(String title) {
        return new Cause(CauseCategory.ENVIRONMENT, "gpu.xid", GPU, title, 0.61, Cause.Verdict.LIKELY, List.of(title));
    }

    private static Incident incident(
            String id,
            Level level,
            String title,
            int fromMinute,
            int toMinute,
            Cause cause,
            List<Entity> entities,
            List<String> lines,
            List<String> responses) {
        Instant from = START.plus(Duration.ofMinutes(fromMinute));
        Instant to = START.plus(Duration.ofMinutes(toMinute));
        List<Evidence> evidence = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            int space = line.indexOf(' ');
            boolean placed = colon > 0
                    && space > colon
                    && line.substring(colon + 1, space).matches("\\d+");
            Origin origin = placed
                    ? Origin.file(line.substring(0, colon), Long.parseLong(line.substring(colon + 1, space)))
                    : Origin.file("hostile.log", 1);
            String text = placed ? line.substring(space + 1) : line;
            evidence.add(new Evidence(
                    "step", from.plusSeconds(evidence.size()), EventKind.LOG_OTHER, entities.get(0), text, origin));
        }
        return new Incident(
                id,
                1,
                Incident.State.RESOLVED,
                title,
                level,
                from,
                to,
                cause,
                entities,
                List.of("gpu-lost", "collective-timeout"),
                responses,
                evidence,
                3);
    }

    private static List<ReportSeries> series() {
        Entity job = Entity.ofJob("train-llm");
        Entity tuning = Entity.ofJob("sft-code");
        List<ReportSeries> series = new ArrayList<>();
        series.add(line("train-llm", job, "loss", 0, 32, minute -> 2.1 + 3 / (minute + 1)));
        series.add(line("train-llm", job, "grad_norm", 0, 32, minute -> 0.9));
        series.add(
                line("train-llm", job, "step_time_seconds", 0, 32, minute -> minute > 10 && minute < 14 ? 9.1 : 4.2));
        series.add(line("sft-code", tuning, "loss", 5, 46, minute -> minute < 41 ? 0.9 : 0.9 * Math.exp(minute - 41)));
        series.add(line("sft-code", tuning, "grad_norm", 5, 46, minute -> minute < 41 ? 1.4 : 900));
        for (String replica : List.of("chat-0", "chat-1", "chat-2")) {
            Entity entity = REPLICA.with(Entity.Level.REPLICA, replica);
            boolean stalls = replica.equals("chat-1");
            series.add(line(
                    replica,
                    entity,
                    "generation_tokens_per_second",
                    0,
                    60,
                    minute -> stalls && minute > 48 && minute < 55 ? 0 : 1800));
            series.add(line(replica, entity, "running_requests", 0, 60, minute -> 20));
            series.add(line(
                    replica,
                    entity,
                    "waiting_requests",
                    0,
                    60,
                    minute -> stalls && minute > 48 && minute < 55 ? (minute - 48) * 9 : 1));
            series.add(line(
                    replica,
                    entity,
                    "kv_cache_usage_ratio",
                    0,
                    60,
                    minute -> stalls && minute > 46 && minute < 55 ? 0.97 : 0.62));
        }
        return series;
    }

    /** A value each 10 s with a little noise; the noise has a fixed seed. */
    private static ReportSeries line(
            String name, Entity entity, String measure, int fromMinute, int toMinute, DoubleUnaryOperator value) {
        Random noise = new Random(name.hashCode() * 31L + measure.hashCode());
        List<ReportSeries.Point> points = new ArrayList<>();
        for (int second = fromMinute * 60; second < toMinute * 60; second += 10) {
            double exact = value.applyAsDouble(second / 60.0) * (1 + 0.04 * noise.nextGaussian());
            points.add(new ReportSeries.Point(
                    START.plusSeconds(second).toEpochMilli(), measure.endsWith("ratio") ? Math.min(1, exact) : exact));
        }
        return new ReportSeries(name, entity, measure, points);
    }

    private static RejectedCount rejected(long count, Rejected.Reason reason, String file, String payload) {
        return new RejectedCount(
                count,
                new Rejected(
                        "decode",
                        reason,
                        Origin.file(file, 7),
                        START,
                        "not a line of text",
                        payload.getBytes(StandardCharsets.UTF_8)));
    }
}
