package io.faultline.detect.match.rule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.settings.Accepted;
import io.faultline.settings.KnownSetting;
import io.faultline.settings.YamlFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Fields, and groups of fields, by the paths that a reader asked for. */
final class SchemaFields {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> SCALAR = List.of("string", "number", "boolean");
    private static final String TIME =
            "^([0-9]+ms|[0-9]+d|(?=[0-9])([0-9]+h)?([0-9]+m)?([0-9]+([.][0-9]+)?s)?|[Pp].+)$";

    private final UnaryOperator<String> describe;
    private final String path;
    private final Map<String, SchemaFields> groups = new LinkedHashMap<>();
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    /** @param describe what a path is */
    SchemaFields(UnaryOperator<String> describe) {
        this(describe, "");
    }

    private SchemaFields(UnaryOperator<String> describe, String path) {
        this.describe = describe;
        this.path = path;
    }

    void add(KnownSetting known, Set<String> required) {
        add(known.path(), known, required.contains(known.path()));
    }

    private void add(String rest, KnownSetting known, boolean required) {
        int dot = rest.indexOf('.');
        if (dot < 0) {
            ObjectNode value = value(known);
            JsonNode absent = YamlFile.parse(known.path(), known.absent());
            values.put(
                    rest,
                    required || absent.isMissingNode() || absent.isArray() ? value : value.set("default", absent));
        } else {
            String group = rest.substring(0, dot);
            String below = path.isEmpty() ? group : path + "." + group;
            groups.computeIfAbsent(group, name -> new SchemaFields(describe, below))
                    .add(rest.substring(dot + 1), known, required);
        }
    }

    void put(String key, JsonNode schema) {
        groups.remove(key);
        values.put(key, schema);
    }

    /** @param required the paths of all fields that must be there */
    ObjectNode object(Set<String> required) {
        ObjectNode object = JSON.objectNode().put("type", "object");
        List<String> here = required.stream()
                .filter(one -> one.lastIndexOf('.') == path.length() - (path.isEmpty() ? 1 : 0) && one.startsWith(path))
                .map(one -> one.substring(one.lastIndexOf('.') + 1))
                .toList();
        if (!here.isEmpty()) {
            object.set("required", RuleSchema.words(here));
        }
        ObjectNode properties = object.putObject("properties");
        values.forEach(properties::set);
        groups.forEach((name, group) -> {
            boolean list = name.endsWith("[]");
            String key = list ? name.substring(0, name.length() - 2) : name;
            ObjectNode closed = group.object(required).put("additionalProperties", false);
            ObjectNode described =
                    JSON.objectNode().put("description", describe.apply(group.path.replaceFirst("\\[]$", "")));
            properties.set(key, list ? described.put("type", "array").set("items", closed) : described.setAll(closed));
        });
        return object;
    }

    private ObjectNode value(KnownSetting known) {
        ObjectNode value = JSON.objectNode().put("description", describe.apply(known.path()));
        Accepted accepted = known.accepted();
        if (accepted instanceof Accepted.Text) {
            value.set("type", RuleSchema.words(SCALAR));
        } else if (accepted instanceof Accepted.Form form) {
            value.set("type", RuleSchema.words(List.of("string", "integer")));
            value.put("pattern", "^(" + form.form() + ")$");
        } else if (accepted instanceof Accepted.Texts) {
            value.set("type", RuleSchema.words(List.of("string", "array")));
            value.set("items", JSON.objectNode().set("type", RuleSchema.words(SCALAR)));
        } else if (accepted instanceof Accepted.Flag) {
            value.put("type", "boolean");
        } else if (accepted instanceof Accepted.Whole whole) {
            value.put("type", "integer").put("minimum", whole.least()).put("maximum", whole.most());
        } else if (accepted instanceof Accepted.Decimal decimal) {
            value.put("type", "number").put("minimum", decimal.least()).put("maximum", decimal.most());
        } else if (accepted instanceof Accepted.Time) {
            value.put("type", "string").put("pattern", TIME);
        } else if (accepted instanceof Accepted.Choice choice) {
            value.set("enum", RuleSchema.words(choice.words()));
        }
        return value;
    }
}
