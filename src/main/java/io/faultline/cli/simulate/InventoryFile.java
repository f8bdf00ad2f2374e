package io.faultline.cli.simulate;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The inventory of the simulated cluster, as {@code collect.enrich.inventory} reads it. */
final class InventoryFile {

    private InventoryFile() {}

    static String text(Scene scene, int jobs, List<ReplicaShape> replicas) {
        StringBuilder text = new StringBuilder("nodes:\n");
        Cluster cluster = scene.cluster();
        for (Cluster.Node node : cluster.nodes()) {
            text.append("  " + node.name() + ": {rack: " + cluster.rack(node) + ", leaf: " + cluster.leaf(node)
                    + ", driver: \"" + scene.driver(node) + "\", gpus: [");
            for (int gpu = 0; gpu < cluster.gpus(); gpu++) {
                text.append(gpu == 0 ? "" : ", ")
                        .append("{pci: \"")
                        .append(Cluster.pci(gpu))
                        .append("\"}");
            }
            text.append("]}\n");
        }
        text.append("jobs:\n");
        for (int i = 0; i < jobs; i++) {
            JobShape shape = i == 0 ? JobShape.LLM : JobShape.small(i - 1);
            job(text, shape.name(), i == 0 ? cluster.largeJob() : cluster.smallJob(i - 1), cluster);
        }
        job(text, TrainerJob.NAME, cluster.fineTuning(), cluster);
        text.append("services:\n");
        var services = replicas.stream()
                .collect(Collectors.groupingBy(ReplicaShape::service, TreeMap::new, Collectors.toList()));
        services.forEach((name, shapes) ->
                text.append("  " + name + ": {model: " + shapes.get(0).model()
                        + ", replicas: "
                        + new TreeSet<>(shapes.stream().map(ReplicaShape::name).toList())
                        + "}\n"));
        return text.toString();
    }

    /** Where a job has a part of its nodes only, no number says on which of their GPUs a rank is. */
    private static void job(StringBuilder text, String name, Ranks ranks, Cluster cluster) {
        text.append("  " + name + ": {nodes: [" + ranks.nodeList().replace(",", ", ") + "]");
        if (ranks.perNode() == cluster.gpus()) {
            text.append(", ranks-per-node: " + ranks.perNode());
        }
        text.append("}\n");
    }
}
