package io.faultline.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands where and runs on what, as far as it is written down. It is a setting, not a record that travels.
 *
 * @param nodes by the name that the kernel writes
 * @param jobs by name
 * @param services by name
 */
public record Fleet(Map<String, Node> nodes, Map<String, Job> jobs, Map<String, Service> services)
        implements Serializable {

    /** Nothing is written down. */
    public static final Fleet EMPTY = new Fleet(Map.of(), Map.of(), Map.of());

    public Fleet {
        nodes = Map.copyOf(nodes);
        jobs = Map.copyOf(jobs);
        services = Map.copyOf(services);
    }

    /**
     * A machine.
     *
     * @param cluster null where it has none
     * @param labels what it has in common with others: {@code rack}, {@code leaf}, {@code driver}, {@code image}
     * @param gpus their PCI addresses by index; empty texts where unknown
     */
    public record Node(@Nullable String cluster, Map<String, String> labels, List<String> gpus)
            implements Serializable {

        public Node {
            labels = Map.copyOf(labels);
            gpus = List.copyOf(gpus);
        }
    }

    /**
     * A training job.
     *
     * @param cluster null where it has none
     * @param nodes where it runs, in the order of its ranks
     * @param ranksPerNode rank r runs on node r / this; 0 where unknown
     * @param labels what it has in common with others: {@code image}, {@code owner}
     */
    public record Job(@Nullable String cluster, List<String> nodes, int ranksPerNode, Map<String, String> labels)
            implements Serializable {

        public Job {
            nodes = List.copyOf(nodes);
            labels = Map.copyOf(labels);
        }

        /** The node of a rank; null where the layout is not known. */
        @Nullable
        String nodeOf(int rank) {
            int index = ranksPerNode == 0 || rank < 0 ? -1 : rank / ranksPerNode;
            return index >= 0 && index < nodes.size() ? nodes.get(index) : null;
        }
    }

    /**
     * An inference service.
     *
     * @param cluster null where it has none
     * @param replicas its engines; empty where they are not written down
     * @param labels what it has in common with others: {@code model}, {@code image}
     */
    public record Service(@Nullable String cluster, List<String> replicas, Map<String, String> labels)
            implements Serializable {

        public Service {
            replicas = List.copyOf(replicas);
            labels = Map.copyOf(labels);
        }
    }

    public boolean isEmpty() {
        return nodes.isEmpty() && jobs.isEmpty() && services.isEmpty();
    }

    /** The jobs of each node that has any. */
    public Map<String, List<String>> jobsOfNodes() {
        Map<String, List<String>> found = new HashMap<>();
        jobs.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(job -> job.getValue().nodes().stream()
                .distinct()
                .forEach(node ->
                        found.computeIfAbsent(node, any -> new ArrayList<>()).add(job.getKey())));
        return found;
    }

    /** A rank with the node that it runs on, and the GPU where each of the node's has one rank; else the rank as it is. */
    public Entity located(Entity rank) {
        Job job = rank.job() == null ? null : jobs.get(rank.job());
        int number = rank.rank() == null ? -1 : Ranks.numberOf(rank.rank());
        String name = job == null ? null : job.nodeOf(number);
        if (job == null || name == null || rank.node() != null) {
            return rank;
        }
        Entity located = rank.with(Entity.Level.NODE, name);
        Node node = nodes.get(name);
        if (node == null || node.gpus().size() != job.ranksPerNode()) {
            return located;
        }
        String pci = node.gpus().get(number % job.ranksPerNode());
        return pci.isEmpty() ? located : located.with(Entity.Level.GPU, pci);
    }
}
