package io.faultline.collect.enrich;

import com.fasterxml.jackson.databind.JsonNode;
import io.faultline.settings.SettingsException;
import io.faultline.settings.YamlFile;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a cluster's nodes and jobs.
 *
 * <pre>
 * cluster: lab                 # of every node and job that names none
 * nodes:
 *   gpu-a1: {rack: leaf-1}     # cluster, and any labels
 * jobs:
 *   train-llm: {nodes: [gpu-a1, gpu-a2]}
 * </pre>
 *
 * @param cluster the default; null where there is none
 * @param nodes by name
 * @param jobs by name
 */
public record Inventory(@Nullable String cluster, Map<String, Node> nodes, Map<String, Job> jobs)
        implements Serializable {

    /** Nothing known. */
    public static final Inventory EMPTY = new Inventory(null, Map.of(), Map.of());

    /**
     * A machine.
     *
     * @param cluster null where neither it nor the file names one
     * @param labels what else is written about it: {@code rack}, …
     * @param job the job that runs on it; null where none or several do
     */
    public record Node(@Nullable String cluster, Map<String, String> labels, @Nullable String job)
            implements Serializable {}

    /**
     * A training job.
     *
     * @param cluster its own, else that of its first node
     * @param nodes where it runs
     */
    public record Job(@Nullable String cluster, List<String> nodes) implements Serializable {}

    /**
     * Reads a file.
     *
     * @throws SettingsException with all its problems
     */
    public static Inventory read(Path file) {
        return of(file.toString(), YamlFile.read(file));
    }

    static Inventory of(String name, JsonNode tree) {
        List<String> problems = new ArrayList<>();
        tree.fieldNames().forEachRemaining(key -> {
            if (!List.of("cluster", "nodes", "jobs").contains(key)) {
                problems.add(key + ": unknown; cluster, nodes and jobs are known");
            }
        });
        String cluster =
                tree.path("cluster").isValueNode() ? tree.path("cluster").asText() : null;
        Map<String, Job> jobs = new HashMap<>();
        Map<String, List<String>> jobsOfNode = new TreeMap<>();
        groups(tree, "jobs", problems).forEach((job, group) -> {
            List<String> nodes = new ArrayList<>();
            group.path("nodes").forEach(node -> nodes.add(node.asText()));
            if (nodes.isEmpty()) {
                problems.add("jobs." + job + ".nodes: missing; a list of node names is needed");
            }
            nodes.forEach(node ->
                    jobsOfNode.computeIfAbsent(node, any -> new ArrayList<>()).add(job));
            JsonNode ofFirst = tree.path("nodes").path(nodes.isEmpty() ? "" : nodes.get(0));
            jobs.put(job, new Job(firstText(group.path("cluster"), ofFirst.path("cluster"), cluster), nodes));
        });
        Map<String, Node> nodes = new HashMap<>();
        groups(tree, "nodes", problems).forEach((node, group) -> {
            Map<String, String> labels = new TreeMap<>();
            group.properties().forEach(label -> {
                if (!label.getKey().equals("cluster")) {
                    labels.put(label.getKey(), label.getValue().asText());
                }
            });
            nodes.put(node, node(group.path("cluster"), cluster, labels, jobsOfNode.remove(node)));
        });
        jobsOfNode.forEach((node, itsJobs) ->
                problems.add("jobs." + itsJobs.get(0) + ".nodes: " + node + " is not among the nodes"));
        if (!problems.isEmpty()) {
            throw new SettingsException(name, problems);
        }
        return new Inventory(cluster, nodes, jobs);
    }

    private static Node node(
            JsonNode own, @Nullable String cluster, Map<String, String> labels, @Nullable List<String> jobs) {
        String job = jobs != null && jobs.size() == 1 ? jobs.get(0) : null;
        return new Node(own.isValueNode() ? own.asText() : cluster, labels, job);
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
