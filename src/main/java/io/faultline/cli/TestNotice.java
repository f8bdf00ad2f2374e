package io.faultline.cli;

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
import io.faultline.model.Part;
import io.faultline.model.Scope;
import io.faultline.respond.notify.channel.Notice;
import io.faultline.respond.notify.channel.NotifyReason;
import java.time.Instant;
import java.util.List;

/** Made-up incidents for people who set a receiver up. */
final class TestNotice {

    private TestNotice() {}

    /** Says that it is a test and that nothing is wrong. */
    static Notice test(String receiver, Instant now) {
        Cause none = new Cause(
                CauseCategory.UNKNOWN,
                "unknown",
                Entity.UNKNOWN,
                "somebody ran: faultline notify test",
                1,
                Cause.Verdict.CONFIRMED,
                List.of());
        Incident incident = new Incident(
                "test-" + now.getEpochSecond(),
                1,
                Incident.State.OPEN,
                "Faultline can reach this receiver; nothing is wrong",
                Level.INFORMATIONAL,
                now,
                now,
                none,
                List.of(),
                List.of("notify-test"),
                List.of("Nothing; this is a test"),
                List.of(),
                0);
        return new Notice(receiver, NotifyReason.TEST, incident, List.of(), 0, now.toEpochMilli());
    }

    /** An incident that has everything a message can show. */
    static Incident sample(Instant now, boolean over) {
        Entity gpu = Entity.ofNode("gpu-a1").with(Entity.Level.GPU, "0000:9b:00");
        Instant start = now.minusSeconds(300);
        Cause cause = new Cause(
                CauseCategory.ENVIRONMENT,
                EventKind.GPU_XID.id(),
                gpu,
                "GPU reported a critical Xid",
                0.93,
                Cause.Verdict.CONFIRMED,
                List.of("Xid 79 on GPU 0000:9b:00 on gpu-a1, 41 s before job train-llm died"),
                new Scope("node", "gpu-a1", 8, 8, 0, 2e-6));
        return new Incident(
                "5a3c9e1f7b2d4806",
                2,
                over ? Incident.State.RESOLVED : Incident.State.OPEN,
                "GPU 0000:9b:00 on gpu-a1 fell off the bus; job train-llm died",
                Level.CRITICAL,
                start,
                start.plusSeconds(44),
                cause,
                List.of(gpu, Entity.ofJob("train-llm")),
                List.of("gpu-xid-critical", "job-exit"),
                List.of("Drain gpu-a1 and reboot it"),
                List.of(
                        line("xid", start, gpu, "NVRM: Xid (PCI:0000:9b:00): 79, GPU has fallen off the bus."),
                        line("exit", start.plusSeconds(44), Entity.ofJob("train-llm"), "srun: error: task 3: Killed")),
                2,
                List.of(new Part(
                        "f1", "gpu-xid-critical", "GPU reported a critical Xid", Part.Role.INITIATING, gpu, start)),
                List.of(new Change(
                        start.minusSeconds(720),
                        Change.Kind.DRIVER,
                        Entity.ofNode("gpu-a1"),
                        "driver of gpu-a1 is 580.65 (before: 570.12)",
                        720,
                        Origin.file("gpu-a1.kernel.log", 12))),
                new Cost(12.4, 64, !over),
                1);
    }

    /** A fire drill. */
    static Incident drill(Instant now) {
        return plain("A fire drill", Level.INFORMATIONAL, Incident.DRILL_RULE, now);
    }

    /** An incident of which little is known. */
    static Incident other(String title, Level severity, Instant now) {
        return plain(title, severity, "inference-stall", now);
    }

    private static Incident plain(String title, Level severity, String rule, Instant now) {
        Entity service = Entity.UNKNOWN.with(Entity.Level.SERVICE, "chat");
        Cause cause =
                new Cause(CauseCategory.UNKNOWN, "unknown", service, title, 0.5, Cause.Verdict.UNKNOWN, List.of());
        return new Incident(
                "0b7d" + Integer.toHexString(title.hashCode()),
                1,
                Incident.State.OPEN,
                title,
                severity,
                now.minusSeconds(60),
                now,
                cause,
                List.of(service),
                List.of(rule),
                List.of(),
                List.of(),
                1);
    }

    private static Evidence line(String step, Instant time, Entity entity, String text) {
        boolean isXid = step.equals("xid");
        EventKind kind = isXid ? EventKind.GPU_XID : EventKind.PROCESS_EXIT;
        return new Evidence(
                step, time, kind, entity, text, Origin.file(isXid ? "gpu-a1.kernel.log" : "train-llm.log", 1207));
    }
}
