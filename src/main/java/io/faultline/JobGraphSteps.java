package io.faultline;

import io.faultline.cli.TopologyStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;

/** Reads the steps back from a wired job, in the order of the journey. */
final class JobGraphSteps {

    /** What people call the keys of the keyed steps. */
    private static final Map<String, String> KEYS = Map.of(
            "decode", "stream",
            "parse", "stream",
            "summarize", "series",
            "score", "series",
            "match", "rule and group",
            "match-alerts", "rule and group",
            "compare", "rule and entity",
            "correlate", "cluster",
            "route", "incident");

    private JobGraphSteps() {}

    static List<TopologyStep> of(StreamExecutionEnvironment environment) {
        StreamGraph graph = environment.getStreamGraph(false);
        List<StreamNode> nodes = new ArrayList<>(graph.getStreamNodes());
        nodes.sort(Comparator.comparingInt(StreamNode::getId));
        return nodes.stream()
                .filter(node -> node.getTransformationUID() != null)
                .map(node ->
                        new TopologyStep(name(node), key(node), node.getParallelism(), node.getTransformationUID()))
                .toList();
    }

    /** Flink puts what kind of node it is in front of the names of sources and sinks. */
    private static String name(StreamNode node) {
        String name = node.getOperatorName();
        return name.substring(name.indexOf(": ") < 0 ? 0 : name.indexOf(": ") + 2);
    }

    private static String key(StreamNode node) {
        return node.getStatePartitioners().length == 0 ? "" : KEYS.getOrDefault(name(node), "?");
    }
}
