package io.faultline.model;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/**
 * What stands where and runs on what, as far as it is known. It is a setting; what changes of it while the job runs
 * travels as {@link FleetEntry}s.
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
    public record Node(
            @Nullable String cluster,
            @TypeInfo(Labels.class) Map<String, String> labels,
            @TypeInfo(Lists.OfString.class) List<String> gpus)
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
    public record Job(
            @Nullable String cluster,
            @TypeInfo(Lists.OfString.class) List<String> nodes,
            int ranksPerNode,
            @TypeInfo(Labels.class) Map<String, String> labels)
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
    public record Service(
            @Nullable String cluster,
            @TypeInfo(Lists.OfString.class) List<String> replicas,
            @TypeInfo(Labels.class) Map<String, String> labels)
            implements Serializable {

        public Service {
            replicas = List.copyOf(replicas);
            labels = Map.copyOf(labels);
        }
    }

    /** How labels travel. */
    public static final class Labels extends TypeInfoFactory<Map<String, String>> {
        @Override
        public TypeInformation<Map<String, String>> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return Types.MAP(Types.STRING, Types.STRING);
        }
    }

    /** This fleet, with what was said anew in place of what it says. */
    public Fleet with(Iterable<FleetEntry> entries) {
        Map<String, Node> allNodes = new HashMap<>(nodes);
        Map<String, Job> allJobs = new HashMap<>(jobs);
        Map<String, Service> allServices = new HashMap<>(services);
        for (FleetEntry entry : entries) {
            if (entry.node() != null) {
                allNodes.put(entry.name(), entry.node());
            } else if (entry.job() != null) {
                allJobs.put(entry.name(), entry.job());
            } else if (entry.service() != null) {
                allServices.put(entry.name(), entry.service());
            }
        }
        return new Fleet(allNodes, allJobs, allServices);
    }

    /** What it says that another one does not say, or says otherwise. */
    public List<FleetEntry> beyond(Fleet other) {
        List<FleetEntry> entries = new ArrayList<>();
        differing(nodes, other.nodes, FleetEntry::of, entries);
        differing(jobs, other.jobs, FleetEntry::of, entries);
        differing(services, other.services, FleetEntry::of, entries);
        return entries;
    }

    private static <V> void differing(
            Map<String, V> these, Map<String, V> those, BiFunction<String, V, FleetEntry> entry, List<FleetEntry> to) {
        new TreeMap<>(these).forEach((name, value) -> {
            if (!value.equals(those.get(name))) {
                to.add(entry.apply(name, value));
            }
        });
    }

    /** How many nodes each cluster has; those of none belong to the one without a name. */
    public Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new TreeMap<>();
        nodes.values().forEach(node -> sizes.merge(Objects.requireNonNullElse(node.cluster(), ""), 1, Integer::sum));
        return sizes;
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
