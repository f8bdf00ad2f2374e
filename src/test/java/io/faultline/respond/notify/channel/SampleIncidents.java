package io.faultline.respond.notify.channel;

import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Change;
import io.faultline.model.Cost;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Evidence;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.model.Origin;
import io.faultline.model.Scope;
import java.time.Instant;
import java.util.List;

/** A GPU of gpu-a1 fell off the bus and train-llm died of it. */
public final class SampleIncidents {

    public static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private SampleIncidents() {}

    public static Incident gpuFellOffTheBus(int revision, Incident.State state, Level severity) {
        return titled("GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died", revision, state, severity);
    }

    public static Incident gpuFellOffTheBus() {
        return gpuFellOffTheBus(1, Incident.State.OPEN, Level.CRITICAL);
    }

    public static Incident titled(String title, int revision, Incident.State state, Level severity) {
        Entity gpu = Entity.ofNode("gpu-a1").with(Entity.Level.GPU, "0000:9b:00");
        Cause cause = new Cause(
                CauseCategory.ENVIRONMENT,
                "gpu.xid",
                gpu,
                "GPU reported a critical Xid",
                0.9,
                Cause.Verdict.CONFIRMED,
                List.of("Xid 79 on GPU 0000:9b:00 on gpu-a1 at 10:00:03, 41 s before job train-llm died"));
        return new Incident(
                "8c5f0a12b3d4e5f6",
                revision,
                state,
                title,
                severity,
                TEN,
                TEN.plusSeconds(44),
                cause,
                List.of(gpu, Entity.ofJob("train-llm")),
                List.of("gpu-xid-critical", "job-exit"),
                List.of("Drain gpu-a1 and reboot it"),
                List.of(
                        line(
                                "xid",
                                3,
                                EventKind.GPU_XID,
                                gpu,
                                "NVRM: Xid (PCI:0000:9b:00): 79, <script>alert(1)</script>"),
                        line("xid", 4, EventKind.GPU_XID, gpu, "NVRM: Xid (PCI:0000:9b:00): 154, node reboot required"),
                        line(
                                "exit",
                                44,
                                EventKind.PROCESS_EXIT,
                                Entity.ofJob("train-llm"),
                                "srun: error: gpu-a1: task 3: Killed\nSubject: forged")),
                2);
    }

    /** An incident of which everything that can be known is known, in these words. */
    public static Incident wordy(String words) {
        Incident plain = titled(words, 1, Incident.State.OPEN, Level.HIGH);
        Cause cause = plain.cause();
        Change change = new Change(
                TEN.minusSeconds(720),
                Change.Kind.DRIVER,
                Entity.ofNode("gpu-a1"),
                words,
                720,
                Origin.file("logs/deploy.log", 7));
        return new Incident(
                plain.id(),
                plain.revision(),
                plain.state(),
                plain.title(),
                plain.severity(),
                plain.startedAt(),
                plain.endedAt(),
                new Cause(
                        cause.category(),
                        cause.kind(),
                        cause.entity(),
                        cause.title(),
                        cause.confidence(),
                        cause.verdict(),
                        List.of(words),
                        new Scope("leaf", "leaf-2", 8, 8, 1, 1.2e-6)),
                plain.entities(),
                plain.rules(),
                List.of(words),
                plain.evidence(),
                plain.alerts(),
                List.of(),
                List.of(change),
                new Cost(12.44, 64, true),
                1);
    }

    /** A fire drill of ten o'clock. */
    public static Incident drill() {
        return ofRules("A fire drill", Level.INFORMATIONAL, List.of(Incident.DRILL_RULE));
    }

    /** Other rules fired. */
    public static Incident ofRules(String title, Level severity, List<String> rules) {
        Incident plain = titled(title, 1, Incident.State.OPEN, severity);
        return new Incident(
                plain.id(),
                plain.revision(),
                plain.state(),
                plain.title(),
                plain.severity(),
                plain.startedAt(),
                plain.endedAt(),
                plain.cause(),
                plain.entities(),
                rules,
                plain.responses(),
                plain.evidence(),
                plain.alerts());
    }

    public static Notice opened(String receiver) {
        return new Notice(receiver, NotifyReason.OPENED, gpuFellOffTheBus());
    }

    private static Evidence line(String step, long second, EventKind kind, Entity entity, String text) {
        return new Evidence(
                step, TEN.plusSeconds(second), kind, entity, text, Origin.file("logs/" + step + ".log", second));
    }
}
