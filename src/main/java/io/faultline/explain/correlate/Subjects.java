package io.faultline.explain.correlate;

import io.faultline.model.Alert;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an alert is about, and what merely stands on its lines. A kernel's line is about its node, and names the job that
 * runs there because an inventory says so; a job's line is about the job, and stands on the node where it was written.
 *
 * @param nodes that something is wrong with
 * @param gpus the same, as {@code gpu-a1/0000:9b:00} or a UUID
 * @param jobs the same
 * @param replicas the same
 * @param onNodes nodes on which a job or a replica told something
 * @param ofJobs jobs that run where something is wrong
 */
record Subjects(
        Set<String> nodes,
        Set<String> gpus,
        Set<String> jobs,
        Set<String> replicas,
        Set<String> onNodes,
        Set<String> ofJobs) {

    static Subjects of(Alert alert) {
        Subjects subjects = new Subjects(
                new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        boolean ofMachine = isOfMachine(alert.entity());
        subjects.add(alert.entity(), ofMachine);
        subjects.add(alert.causeEntity(), ofMachine);
        for (Evidence line : alert.evidence()) {
            subjects.add(line.entity(), isOfMachine(line, ofMachine));
        }
        return subjects;
    }

    private void add(Entity entity, boolean ofMachine) {
        add(ofMachine ? nodes : onNodes, entity.node());
        add(ofMachine ? ofJobs : jobs, entity.job());
        add(replicas, entity.replica());
        if (entity.gpu() != null && entity.gpu().startsWith("GPU-")) {
            // a UUID is the same nowhere
            gpus.add(entity.gpu());
        } else if (entity.gpu() != null && entity.node() != null) {
            // a PCI address is the same on every node
            gpus.add(entity.node() + "/" + entity.gpu());
        }
    }

    private static void add(Set<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }

    private static boolean isOfMachine(Entity group) {
        return group.node() != null && group.job() == null && group.replica() == null;
    }

    private static boolean isOfMachine(Evidence line, boolean groupIs) {
        return switch (line.kind()) {
            case GPU_XID, GPU_ECC, GPU_THERMAL, LINK_DOWN, NODE_CONDITION -> true;
            // the memory of a host or that of a job's GPU
            case MEMORY_EXHAUSTED, POD_EVENT -> groupIs || isOfMachine(line.entity());
            default -> isOfMachine(line.entity());
        };
    }
}
