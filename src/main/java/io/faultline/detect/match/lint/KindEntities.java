package io.faultline.detect.match.lint;

import io.faultline.model.Entity.Level;
import java.util.Set;

/**
 * Which parts of an entity events of a kind may know. A shipper's labels and the inventory can add a cluster, a node, a job,
 * a service, a model or a replica to any line; a GPU, a rank and a run only the line itself can name.
 */
final class KindEntities {

    private static final Set<String> HARDWARE =
            Set.of("gpu.xid", "gpu.ecc", "gpu.thermal", "link.down", "node.condition", "metric.sample", "log.other");
    private static final Set<String> SIGNALS = Set.of("statistics.window", "anomaly", "alert");

    private KindEntities() {}

    static boolean mayKnow(String kind, Level level) {
        if (SIGNALS.contains(kind)) {
            return true;
        }
        return switch (level) {
            case GPU -> HARDWARE.contains(kind);
            case RANK, RUN -> isOfProgram(kind);
            default -> true;
        };
    }

    static boolean isOfTraining(String kind) {
        return kind.startsWith("training.") || kind.startsWith("evaluation.") || kind.startsWith("checkpoint.");
    }

    static boolean isOfInference(String kind) {
        return kind.startsWith("inference.") || kind.startsWith("engine.");
    }

    /** Whether a program writes it, not a kernel, an orchestrator, a proxy or Faultline. */
    private static boolean isOfProgram(String kind) {
        boolean hardware = HARDWARE.contains(kind) && !kind.equals("metric.sample") && !kind.equals("log.other");
        boolean elsewhere = Set.of("pod.event", "inference.request", "request.error", "health.check")
                .contains(kind);
        return !hardware && !elsewhere && !kind.startsWith("source.") && !kind.equals("log.template");
    }
}
