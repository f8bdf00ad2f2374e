package io.faultline.cli.simulate;

import java.util.List;

/**
 * Where a job's ranks run: rank r is the r-th GPU counted node by node.
 *
 * @param perNode ranks on each node
 * @param firstGpu index of the first GPU the job has on its nodes
 */
record Ranks(List<Cluster.Node> nodes, int perNode, int firstGpu) {

    int world() {
        return nodes.size() * perNode;
    }

    Cluster.Node node(int rank) {
        return nodes.get(rank / perNode);
    }

    int local(int rank) {
        return rank % perNode;
    }

    String pci(int rank) {
        return Cluster.pci(firstGpu + local(rank));
    }

    /** {@code srun --label}: padded with spaces to the width of the largest rank. */
    String label(int rank) {
        String largest = Integer.toString(world() - 1);
        return " ".repeat(largest.length() - Integer.toString(rank).length()) + rank + ": ";
    }

    /** {@code tasks 8-15}, as srun names what ran on a node. */
    String tasks(int nodeIndex) {
        int first = nodeIndex * perNode;
        return "tasks " + first + "-" + (first + perNode - 1);
    }

    /** {@code gpu-a1,gpu-a2}. */
    String nodeList() {
        return String.join(",", nodes.stream().map(Cluster.Node::name).toList());
    }
}
