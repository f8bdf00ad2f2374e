package io.faultline.detect.match.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.settings.SettingsReader;
import java.util.Map;

/**
 * One pattern of a graph.
 *
 * @param reader where problems with it are told
 * @param until in CEL; empty for nothing
 */
record GraphNode(SettingsReader reader, String name, Quantity quantity, String until, ObjectNode step) {

    private static final Map<String, String> CONTIGUITIES =
            Map.of("STRICT", "strict", "SKIP_TILL_NEXT", "relaxed", "SKIP_TILL_ANY", "any");

    static GraphNode read(SettingsReader node, GraphConditions conditions) {
        String name = node.requiredText("name");
        boolean group = node.text("type", "ATOMIC").equals("COMPOSITE");
        if (group) {
            node.problem("type", "\"" + name + "\" is a group of patterns; a rule has none, only steps");
            node.keys().forEach(key -> node.value(key, child -> child));
        }
        SettingsReader quantifier = node.group("quantifier");
        Quantity quantity = Quantity.read(quantifier);
        String until = conditions.read(quantifier, "untilCondition", "");
        String condition = group ? "true" : conditions.read(node, "condition", "true");
        ObjectNode step =
                JsonNodeFactory.instance.objectNode().put("name", name).put("where", condition);
        GraphNode read = new GraphNode(node, name, quantity, until, step);
        read.begin();
        return read;
    }

    boolean isPlain() {
        return quantity.equals(Quantity.ONE) && until.isEmpty();
    }

    private void begin() {
        if (!quantity.times().isEmpty()) {
            step.put("times", quantity.times());
            contiguity(quantity.inner(), reader, "quantifier.consumingStrategy");
        }
        if (quantity.optional()) {
            step.put("optional", true);
        }
        if (quantity.greedy()) {
            step.put("greedy", true);
        }
        if (!until.isEmpty()) {
            step.put("until", until);
        }
    }

    /** What lies between it and the node before. */
    void after(String edge, SettingsReader edges) {
        if (edge.startsWith("NOT_")) {
            step.put("not", true);
            contiguity(
                    edge.equals("NOT_NEXT") ? "STRICT" : edge.equals("NOT_FOLLOW") ? "SKIP_TILL_NEXT" : edge,
                    edges,
                    "type");
            return;
        }
        if (!quantity.inner().isEmpty() && !quantity.inner().equals(edge)) {
            edges.problem(
                    "type",
                    edge + " to \"" + name + "\", whose own repetitions are " + quantity.inner()
                            + "; a step has one contiguity for both");
        }
        contiguity(edge, edges, "type");
    }

    private void contiguity(String strategy, SettingsReader where, String key) {
        String contiguity = CONTIGUITIES.get(strategy);
        if (contiguity == null) {
            where.problem(
                    key, "\"" + strategy + "\" is none of STRICT, SKIP_TILL_NEXT, SKIP_TILL_ANY, NOT_NEXT, NOT_FOLLOW");
        } else if (contiguity.equals("relaxed")) {
            step.remove("contiguity");
        } else {
            step.put("contiguity", contiguity);
        }
    }
}
