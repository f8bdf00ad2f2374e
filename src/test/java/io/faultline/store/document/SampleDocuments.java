package io.faultline.store.document;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.ActionStep;
import io.faultline.model.Alert;
import io.faultline.model.Attributes;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.JobAccount;
import io.faultline.model.Level;
import io.faultline.model.LogEvent;
import io.faultline.model.Measures;
import io.faultline.model.NearMiss;
import io.faultline.model.Notification;
import io.faultline.model.Origin;
import io.faultline.model.Part;
import io.faultline.model.QualityMark;
import io.faultline.model.Ranks;
import io.faultline.model.Rejected;
import io.faultline.model.Scope;
import io.faultline.model.SeriesKey;
import io.faultline.model.WindowStatistics;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One record of each kind from the cast: job {@code train-llm}, node {@code gpu-a1}. */
public final class SampleDocuments {

    public static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private static final Entity GPU =
            Entity.ofNode("gpu-a1").with(Entity.Level.GPU, "0000:9b:00").with(Entity.Level.CLUSTER, "lab");

    private SampleDocuments() {}

    public static LogEvent event(long line, Measures measures, Attributes attributes) {
        return new LogEvent(
                TEN.plusMillis(line),
                TEN.plusSeconds(60),
                9,
                "INFO",
                "iteration " + line,
                "megatron",
                EventKind.TRAINING_STEP,
                Entity.ofJob("train-llm").with(Entity.Level.RANK, "3"),
                measures,
                attributes,
                "",
                0,
                Origin.file("train-llm.log", line));
    }

    /** Every kind of document, by the name of its index. */
    public static Map<String, byte[]> all() {
        LogEvent event = event(
                        7,
                        Measures.builder()
                                .put("step", 7)
                                .put("loss", Double.NaN)
                                .build(),
                        Attributes.of("path", "/ckpt"))
                .marked(QualityMark.LATE);
        var refused = new RefusedDocument("faultline-events-2026.03.01", "id", new EventDocument().write(event), "why");
        return Map.of(
                "events", new EventDocument().write(event),
                "statistics", new StatisticsDocument().write(statistics()),
                "alerts", new AlertDocument().write(alert()),
                "near-misses", new NearMissDocument().write(nearMiss()),
                "incidents", new IncidentDocument().write(incident()),
                "goodput", new JobAccountDocument().write(account()),
                "notifications", new NotificationDocument().write(notification()),
                "actions", new ActionDocument().write(action()),
                "rejected", refused.write());
    }

    static Alert alert() {
        return new Alert(
                "f1",
                Alert.Kind.RULE_MATCH,
                "gpu-xid",
                2,
                "GPU 0000:9b:00 on gpu-a1 fell off the bus",
                Level.CRITICAL,
                CauseCategory.ENVIRONMENT,
                Alert.Role.INITIATING,
                TEN,
                TEN.plusSeconds(5),
                Entity.ofNode("gpu-a1"),
                GPU,
                1,
                "Xid 79",
                "drain the node",
                List.of(evidence()),
                Ranks.NONE,
                Alert.Standing.TOLD);
    }

    static NearMiss nearMiss() {
        return new NearMiss(
                "gpu-xid",
                2,
                "A GPU fell off the bus",
                Entity.ofNode("gpu-a1"),
                TEN,
                TEN.plusSeconds(300),
                "xid, then not exit",
                List.of(evidence()),
                12);
    }

    public static Incident incident() {
        return new Incident(
                "i1",
                3,
                Incident.State.OPEN,
                "A GPU fell off the bus",
                Level.CRITICAL,
                TEN,
                TEN.plusSeconds(90),
                new Cause(
                        CauseCategory.ENVIRONMENT,
                        "gpu.xid",
                        GPU,
                        "Xid 79 on gpu-a1",
                        0.9,
                        Cause.Verdict.CONFIRMED,
                        List.of("it came first"),
                        new Scope("leaf", "leaf-2", 7, 8, 1, 2.5e-9)),
                List.of(GPU, Entity.ofJob("train-llm").with(Entity.Level.RANK, "3")),
                List.of("gpu-xid", "collective-timeout"),
                List.of("drain the node"),
                List.of(evidence()),
                2,
                List.of(new Part("f1", "gpu-xid", "A GPU is lost", Part.Role.INITIATING, GPU, TEN)),
                List.of(new Change(
                        TEN.minusSeconds(300),
                        Change.Kind.DRIVER,
                        Entity.ofNode("gpu-a1"),
                        "node gpu-a1 has driver 570.86.15 (before: 550.54.15)",
                        300,
                        Origin.file("gpu-a1.kernel.log", 2))),
                new Cost(2.5, 16, true),
                1);
    }

    static JobAccount account() {
        return new JobAccount(
                Entity.ofJob("train-llm"),
                TEN,
                TEN.plusSeconds(300),
                0,
                180,
                20,
                0,
                40,
                50,
                10,
                16,
                1,
                1,
                90,
                1200,
                1,
                false);
    }

    static WindowStatistics statistics() {
        return new WindowStatistics(
                new SeriesKey(Entity.ofJob("train-llm"), "loss"),
                TEN,
                TEN.plusSeconds(60),
                6,
                2.5,
                0.1,
                2.4,
                2.6,
                2.5,
                2.6,
                Double.NaN);
    }

    static Notification notification() {
        return new Notification(
                "k1",
                "sre",
                "sre",
                "i1",
                3,
                Notification.Outcome.DELIVERED,
                1,
                TEN.plusSeconds(90),
                TEN.plusSeconds(91),
                "202 Accepted");
    }

    static ActionRequest action() {
        return new ActionRequest(
                "tell-0f3a5c7e9b21",
                "tell",
                "Drain the node and tell the vendor",
                "i1",
                3,
                "lab",
                List.of(
                        new ActionStep(ActionStep.Kind.DRAIN_NODE, "node gpu-a1", ""),
                        new ActionStep(ActionStep.Kind.RESTART_JOB, "job train-llm", ""),
                        new ActionStep(ActionStep.Kind.WEBHOOK, "node gpu-a1", "vendor")),
                ActionRequest.State.ORDERED,
                false,
                TEN.plusSeconds(120),
                TEN.plusSeconds(1020),
                "ann",
                "approved by ann");
    }

    static ActionResult actionResult(boolean dryRun) {
        return new ActionResult(
                "tell-0f3a5c7e9b21",
                "lab",
                dryRun,
                false,
                TEN.plusSeconds(130),
                "executor-1",
                "restart-job train-llm: no pod runs",
                List.of(
                        new ActionResult.Step("drain-node gpu-a1", true, "3 pods", "0 pods"),
                        new ActionResult.Step("restart-job train-llm", false, "", "")));
    }

    public static Rejected rejected(byte[] payload) {
        return new Rejected(
                "decode",
                Rejected.Reason.BINARY,
                Origin.kafka("logs", 3, 120_044),
                TEN,
                "41 % of the bytes are no text",
                payload);
    }

    private static Evidence evidence() {
        return new Evidence("xid", TEN, EventKind.GPU_XID, GPU, "NVRM: Xid 79", Origin.file("gpu-a1.kernel.log", 17));
    }
}
