package io.faultline.collect.enrich;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.model.Fleet;
import io.faultline.settings.SettingsException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cluster's nodes, jobs and services. Names are those that the logs use.
 *
 * <pre>
 * cluster: lab                          # of every node and job that names none
 * nodes:
 *   gpu-a1:
 *     rack: r1                          # any labels: rack, leaf, driver, owner, …
 *     leaf: leaf-1
 *     gpus:                             # by index
 *       - {pci: "0000:9b:00", uuid: GPU-6a1…}
 * jobs:
 *   train-llm: {nodes: [gpu-a1, gpu-a2], ranks-per-node: 8, owner: nlp}
 * services:
 *   chat: {model: acme/small-7b, model-version: "3", owner: web, replicas: [chat-0, chat-1], gpus: 2}   # of each replica
 * </pre>
 *
 * @param cluster the default; null where there is none
 * @param nodes by name
 * @param jobs by name
 * @param services their labels, by name
 * @param gpusByUuid where each GPU with a known UUID is
 * @param replicas the engines of each service that lists them
 */
public record Inventory(
        @Nullable String cluster,
        Map<String, Node> nodes,
        Map<String, Job> jobs,
        Map<String, Map<String, String>> services,
        Map<String, Gpu> gpusByUuid,
        Map<String, List<String>> replicas)
        implements Serializable {

    private static final List<String> KNOWN = List.of("cluster", "nodes", "jobs", "services");

    /** Nothing known. */
    public static final Inventory EMPTY = new Inventory(null, Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /**
     * A machine.
     *
     * @param cluster null where neither it nor the file names one
     * @param labels what else is written about it: {@code rack}, …
     * @param job the job that runs on it; null where none or several do
     * @param gpus by index
     */
    public record Node(@Nullable String cluster, Map<String, String> labels, @Nullable String job, List<Gpu> gpus)
            implements Serializable {

        /** The GPU at a PCI address, or null. */
        @Nullable
        Gpu at(String pci) {
            for (Gpu gpu : gpus) {
                if (gpu.pci().equals(pci)) {
                    return gpu;
                }
            }
            return null;
        }
    }

    /**
     * A GPU.
     *
     * @param node where it is
     * @param index by nvidia-smi
     * @param pci its address as {@code 0000:9b:00}; empty where unknown
     * @param uuid as {@code GPU-…}; empty where unknown
     */
    public record Gpu(String node, int index, String pci, String uuid) implements Serializable {}

    /**
     * A training job.
     *
     * @param cluster its own, else that of its first node
     * @param nodes where it runs, in the order of its ranks
     * @param ranksPerNode rank r runs on node r / this; 0 where unknown
     * @param labels what else is written about it: {@code owner}, …
     */
    public record Job(@Nullable String cluster, List<String> nodes, int ranksPerNode, Map<String, String> labels)
            implements Serializable {

        /** How many GPUs it has, one a rank; 0 where the layout is not known. */
        int gpus() {
            return nodes.size() * ranksPerNode;
        }

        /** The node of a rank; null where the layout is not known. */
        @Nullable
        String nodeOf(int rank) {
            int index = ranksPerNode == 0 ? -1 : rank / ranksPerNode;
            return index >= 0 && index < nodes.size() ? nodes.get(index) : null;
        }
    }

    /** All that is named, each as {@code cluster=lab node=gpu-a1}. */
    public List<String> entities() {
        List<String> entities = new ArrayList<>();
        nodes.forEach((name, node) -> entities.add(entity(node.cluster(), "node", name)));
        jobs.forEach((name, job) -> entities.add(entity(job.cluster(), "job", name)));
        services.keySet().forEach(name -> entities.add(entity(cluster, "service", name)));
        return entities.stream().sorted().toList();
    }

    /** As the phases behind this one see it. */
    public Fleet fleet() {
        Map<String, Fleet.Node> fleetNodes = new HashMap<>();
        nodes.forEach((name, node) -> fleetNodes.put(
                name,
                new Fleet.Node(
                        node.cluster(),
                        node.labels(),
                        node.gpus().stream().map(Gpu::pci).toList())));
        Map<String, Fleet.Job> fleetJobs = new HashMap<>();
        jobs.forEach((name, job) ->
                fleetJobs.put(name, new Fleet.Job(job.cluster(), job.nodes(), job.ranksPerNode(), job.labels())));
        Map<String, Fleet.Service> fleetServices = new HashMap<>();
        services.forEach((name, labels) ->
                fleetServices.put(name, new Fleet.Service(cluster, replicas.getOrDefault(name, List.of()), labels)));
        return new Fleet(fleetNodes, fleetJobs, fleetServices);
    }

    private static String entity(@Nullable String cluster, String level, String name) {
        return (cluster == null ? "" : "cluster=" + cluster + " ") + level + "=" + name;
    }

    /** As {@link #joined}, of one document, which must describe every node that it names. */
    static Inventory of(String name, JsonNode tree) {
        return joined(Map.of(name, tree), true);
    }

    /**
     * Joins what several documents say; where two say something of one name, the later by key does.
     *
     * @param trees by name, which is what problems call them
     * @throws SettingsException with all that is wrong in any of them
     */
    static Inventory joined(Map<String, JsonNode> trees) {
        return joined(trees, false);
    }

    private static Inventory joined(Map<String, JsonNode> trees, boolean whole) {
        List<String> problems = new ArrayList<>();
        Map<String, JsonNode> nodes = new TreeMap<>();
        Map<String, JsonNode> jobs = new TreeMap<>();
        Map<String, JsonNode> services = new TreeMap<>();
        String cluster = null;
        for (JsonNode tree : new TreeMap<>(trees).values()) {
            tree.fieldNames().forEachRemaining(key -> {
                if (!KNOWN.contains(key)) {
                    problems.add(key + ": unknown; cluster, nodes, jobs and services are known");
                }
            });
            cluster = tree.path("cluster").isValueNode() ? tree.path("cluster").asText() : cluster;
            nodes.putAll(groups(tree, "nodes", problems));
            jobs.putAll(groups(tree, "jobs", problems));
            services.putAll(groups(tree, "services", problems));
        }
        Map<String, List<String>> jobsOfNode = new TreeMap<>();
        Map<String, Job> readJobs = new HashMap<>();
        for (Map.Entry<String, JsonNode> job : jobs.entrySet()) {
            readJobs.put(job.getKey(), job(job.getKey(), job.getValue(), nodes, cluster, jobsOfNode, problems));
        }
        Map<String, Node> readNodes = new HashMap<>();
        Map<String, Gpu> gpus = new HashMap<>();
        for (Map.Entry<String, JsonNode> node : nodes.entrySet()) {
            Node read = node(node.getKey(), node.getValue(), cluster, jobsOfNode.get(node.getKey()), problems);
            readNodes.put(node.getKey(), read);
            read.gpus().stream().filter(gpu -> !gpu.uuid().isEmpty()).forEach(gpu -> gpus.put(gpu.uuid(), gpu));
        }
        Map<String, Map<String, String>> readServices = new HashMap<>();
        Map<String, List<String>> replicas = new HashMap<>();
        services.forEach((name, group) -> {
            readServices.put(name, labels(group, List.of()));
            List<String> names = new ArrayList<>();
            group.path("replicas").forEach(replica -> names.add(replica.asText()));
            replicas.put(name, names);
        });
        jobsOfNode.forEach((node, itsJobs) -> {
            if (whole && !nodes.containsKey(node)) {
                problems.add("jobs." + itsJobs.get(0) + ".nodes: " + node + " is not among the nodes");
            }
        });
        if (!problems.isEmpty()) {
            throw new SettingsException(String.join(", ", trees.keySet()), problems);
        }
        return new Inventory(cluster, readNodes, readJobs, readServices, gpus, replicas);
    }

    private static Job job(
            String name,
            JsonNode group,
            Map<String, JsonNode> known,
            @Nullable String cluster,
            Map<String, List<String>> jobsOfNode,
            List<String> problems) {
        List<String> nodes = new ArrayList<>();
        group.path("nodes").forEach(node -> nodes.add(node.asText()));
        if (nodes.isEmpty()) {
            problems.add("jobs." + name + ".nodes: missing; a list of node names is needed");
        }
        for (String node : nodes) {
            jobsOfNode.computeIfAbsent(node, any -> new ArrayList<>()).add(name);
        }
        JsonNode perNode = group.path("ranks-per-node");
        if (!perNode.isMissingNode() && (!perNode.isInt() || perNode.asInt() < 1)) {
            problems.add("jobs." + name + ".ranks-per-node: \"" + perNode.asText() + "\" is not a number from 1");
        }
        JsonNode ofFirst = nodes.isEmpty() ? group.path("nodes") : known.getOrDefault(nodes.get(0), group);
        return new Job(
                firstText(group.path("cluster"), ofFirst.path("cluster"), cluster),
                nodes,
                Math.max(0, perNode.asInt()),
                labels(group, List.of("cluster", "nodes", "ranks-per-node")));
    }

    private static Node node(
            String name,
            JsonNode group,
            @Nullable String cluster,
            @Nullable List<String> itsJobs,
            List<String> problems) {
        List<Gpu> gpus = new ArrayList<>();
        for (JsonNode gpu : group.path("gpus")) {
            String pci = gpu.path("pci").asText().toLowerCase(Locale.ROOT);
            String uuid = gpu.path("uuid").asText();
            if (pci.isEmpty() && uuid.isEmpty()) {
                problems.add(
                        "nodes." + name + ".gpus[" + gpus.size() + "]: needs pci, as 0000:9b:00, or uuid, or both");
            }
            gpus.add(new Gpu(name, gpus.size(), pci, uuid));
        }
        return new Node(
                firstText(group.path("cluster"), group.path("cluster"), cluster),
                labels(group, List.of("cluster", "gpus")),
                itsJobs != null && itsJobs.size() == 1 ? itsJobs.get(0) : null,
                gpus);
    }

    private static Map<String, String> labels(JsonNode group, List<String> others) {
        Map<String, String> labels = new TreeMap<>();
        group.properties().forEach(label -> {
            if (!others.contains(label.getKey()) && label.getValue().isValueNode()) {
                labels.put(label.getKey().replace('-', '_'), label.getValue().asText());
            }
        });
        return labels;
    }

    private static Map<String, JsonNode> groups(JsonNode tree, String key, List<String> problems) {
        Map<String, JsonNode> groups = new TreeMap<>();
        JsonNode node = tree.path(key);
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            problems.add(key + ": not a group of names");
        }
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject() || entry.getValue().isNull()) {
                groups.put(entry.getKey(), entry.getValue());
            } else {
                problems.add(
                        key + "." + entry.getKey() + ": \"" + entry.getValue().asText() + "\" is not a group");
            }
        });
        return groups;
    }

    private static @Nullable String firstText(JsonNode first, JsonNode second, @Nullable String third) {
        return first.isValueNode() ? first.asText() : second.isValueNode() ? second.asText() : third;
    }
}
