package io.faultline.detect.match.graph;

import io.faultline.settings.NearestWord;
import io.faultline.settings.SettingsReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The nodes of a graph in the order of its edges, which lead from one to the next. */
final class GraphPath {

    private GraphPath() {}

    static List<GraphNode> read(SettingsReader graph, GraphConditions conditions) {
        Map<String, GraphNode> nodes = new LinkedHashMap<>();
        for (SettingsReader node : graph.list("nodes")) {
            GraphNode read = GraphNode.read(node, conditions);
            if (nodes.put(read.name(), read) != null) {
                node.problem("name", "is the name of another node too");
            }
        }
        if (nodes.isEmpty()) {
            graph.problem("nodes", "there is none");
        }
        Map<String, String> next = new LinkedHashMap<>();
        for (SettingsReader edge : graph.list("edges")) {
            edge(edge, nodes, next);
        }
        return ordered(graph, nodes, next);
    }

    private static void edge(SettingsReader edge, Map<String, GraphNode> nodes, Map<String, String> next) {
        String source = edge.requiredText("source");
        String target = edge.requiredText("target");
        String type = edge.requiredText("type");
        for (String end : List.of("source", "target")) {
            String name = edge.text(end, "");
            if (!nodes.containsKey(name)) {
                edge.problem(end, "no node \"" + name + "\"" + NearestWord.hint(name, nodes.keySet()));
            }
        }
        if (next.containsValue(target) || next.put(source, target) != null) {
            edge.problem("target", "a rule's steps are one path; this is a branch");
        }
        GraphNode to = nodes.get(target);
        if (to != null) {
            to.after(type, edge);
        }
    }

    private static List<GraphNode> ordered(
            SettingsReader graph, Map<String, GraphNode> nodes, Map<String, String> next) {
        Set<String> starts = new LinkedHashSet<>(nodes.keySet());
        starts.removeAll(next.values());
        List<GraphNode> path = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        @Nullable String name = starts.isEmpty() ? null : starts.iterator().next();
        while (name != null && nodes.containsKey(name) && seen.add(name)) {
            path.add(nodes.get(name));
            name = next.get(name);
        }
        if (path.size() < nodes.size()) {
            graph.problem("edges", "do not lead from one node to all others");
        }
        return path;
    }
}
