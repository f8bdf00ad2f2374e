package io.faultline.detect.match.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.detect.match.rule.RuleFile;
import io.faultline.detect.match.rule.RuleReader;
import io.faultline.settings.Durations;
import io.faultline.settings.Problems;
import io.faultline.settings.SettingsException;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A graph of dynamic Flink CEP to a rule. */
public final class GraphReader {

    private static final Map<String, String> SKIPS = Map.of(
            "NO_SKIP", "none",
            "SKIP_TO_NEXT", "to-next",
            "SKIP_PAST_LAST_EVENT", "past-last",
            "SKIP_TO_FIRST", "to-first",
            "SKIP_TO_LAST", "to-last");

    private final GraphOptions options;

    public GraphReader(GraphOptions options) {
        this.options = options;
    }

    /**
     * Reads one graph.
     *
     * @param name what problems call it
     * @param json the graph
     * @param problems gets {@code name: $.nodes[0].condition: text}, all at once
     * @return the rule as YAML; not to be used where there are problems
     */
    public String read(String name, String json, Problems problems) {
        JsonNode tree;
        try {
            tree = YamlFile.parse(name, json);
        } catch (SettingsException e) {
            e.problems().forEach(problem -> problems.add(name, "no JSON: " + problem));
            return "";
        }
        Problems found = new Problems();
        SettingsReader graph = new SettingsReader(tree, found, Map.of());
        ObjectNode rule = rule(graph);
        graph.finish();
        found.all().forEach(problem -> problems.add(name, "$." + problem));
        String text = YamlFile.write(rule);
        if (found.isEmpty()) {
            new RuleReader().read(new RuleFile(options.id() + ".yaml", text), problems);
        }
        return text;
    }

    private ObjectNode rule(SettingsReader graph) {
        String name = graph.text("name", options.id());
        if (!graph.text("type", "COMPOSITE").equals("COMPOSITE")) {
            graph.problem("type", "is not COMPOSITE, so this is no graph");
        }
        graph.number("version", 1, 1, 1);
        whole(graph);
        List<GraphNode> path = GraphPath.read(graph, new GraphConditions(options.fields()));
        ArrayNode steps = JsonNodeFactory.instance.arrayNode();
        path.forEach(node -> steps.add(node.step()));
        Duration within = within(graph, path, steps);
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        rule.put("id", options.id()).put("version", 1);
        rule.put("title", options.title().isEmpty() ? name : options.title());
        rule.put("status", "experimental").put("level", options.level());
        rule.put("description", "The pattern " + name + " of a job with dynamic Flink CEP.");
        rule.put("kind", "sequence");
        options.groupBy().forEach(rule.withArray("group-by")::add);
        if (!options.where().isEmpty()) {
            rule.put("where", options.where());
        }
        rule.set("match", steps);
        if (!within.isZero()) {
            rule.put("within", Durations.text(within));
        }
        skip(graph, rule);
        return rule.put("response", "TODO: say what the person who is woken does.");
    }

    /** What the graph says of itself as a part of a larger one. */
    private static void whole(SettingsReader graph) {
        SettingsReader quantifier = graph.group("quantifier");
        Quantity quantity = Quantity.read(quantifier);
        if (!quantity.equals(Quantity.ONE)) {
            quantifier.problem("properties", "a rule as a whole can not be repeated or left out");
        }
        quantifier.group("untilCondition");
        if (graph.has("condition")) {
            graph.problem("condition", "a graph has none; its nodes have");
        }
        graph.value("condition", node -> node);
    }

    private Duration within(SettingsReader graph, List<GraphNode> path, ArrayNode steps) {
        SettingsReader window = graph.group("window");
        String type = window.text("type", "FIRST_AND_LAST");
        Duration time = GraphTime.read(window, "time");
        if (!graph.has("window")) {
            if (path.size() > 1 && options.within().isZero()) {
                graph.problem("window", "there is none, and a rule waits no longer than within; say how long that is");
            }
            return options.within();
        }
        if (type.equals("PREVIOUS_AND_CURRENT")) {
            boolean plain = path.stream().allMatch(GraphNode::isPlain);
            if (!plain) {
                window.problem("type", "from event to event a rule can wait only where each node is one event");
            }
            for (int i = 1; i < steps.size(); i++) {
                ((ObjectNode) steps.get(i)).put("within", Durations.text(time));
            }
            return time.multipliedBy(Math.max(1, steps.size() - 1));
        }
        if (!type.equals("FIRST_AND_LAST")) {
            window.problem("type", "\"" + type + "\" is neither FIRST_AND_LAST nor PREVIOUS_AND_CURRENT");
        }
        boolean one = steps.size() == 1 && path.get(0).isPlain();
        return one ? Duration.ZERO : time;
    }

    /** The documentation has one name for it and the library writes the other. */
    private static void skip(SettingsReader graph, ObjectNode rule) {
        String key = graph.has("afterMatchStrategy") ? "afterMatchStrategy" : "afterMatchSkipStrategy";
        SettingsReader strategy = graph.group(key);
        String type = strategy.text("type", "NO_SKIP").toUpperCase(Locale.ROOT);
        String skip = SKIPS.get(type);
        if (skip == null) {
            strategy.problem("type", "\"" + type + "\" is none of " + String.join(", ", new TreeSet<>(SKIPS.keySet())));
        }
        rule.put("skip", skip);
        String to = strategy.text("patternName", "");
        if (skip != null && skip.matches("to-(first|last)")) {
            rule.put("skip-to", to);
        }
    }
}
