package io.faultline.detect.match.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values into the places of a template that say {@code ${name}}. */
final class TemplateHoles {

    private static final Pattern HOLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<String, JsonNode> values;
    private final Set<String> unused;
    private final Set<String> unknown = new TreeSet<>();
    private final Set<String> broken = new TreeSet<>();

    TemplateHoles(Map<String, JsonNode> values) {
        this.values = values;
        this.unused = new TreeSet<>(values.keySet());
    }

    /** Names that the template says and nobody gives. */
    Set<String> unknown() {
        return unknown;
    }

    /** Names that are given and the template does not say. */
    Set<String> unused() {
        return unused;
    }

    /** Names of lists and groups that stand within a text. */
    Set<String> broken() {
        return broken;
    }

    /** A copy with the values; one that stands alone keeps its type. */
    JsonNode fill(JsonNode node) {
        if (node.isObject()) {
            ObjectNode filled = JSON.objectNode();
            node.properties().forEach(field -> filled.set(field.getKey(), fill(field.getValue())));
            return filled;
        }
        if (node.isArray()) {
            ArrayNode filled = JSON.arrayNode();
            node.forEach(element -> filled.add(fill(element)));
            return filled;
        }
        return node.isTextual() ? fill(node.asText()) : node;
    }

    private JsonNode fill(String text) {
        Matcher alone = HOLE.matcher(text);
        if (alone.matches()) {
            return value(alone.group(1));
        }
        return TextNode.valueOf(HOLE.matcher(text).replaceAll(hole -> Matcher.quoteReplacement(within(hole))));
    }

    private String within(MatchResult hole) {
        JsonNode value = value(hole.group(1));
        if (value.isContainerNode()) {
            broken.add(hole.group(1));
        }
        return value.asText();
    }

    private JsonNode value(String name) {
        unused.remove(name);
        JsonNode value = values.get(name);
        if (value == null) {
            unknown.add(name);
            return JSON.textNode("");
        }
        return value;
    }
}
