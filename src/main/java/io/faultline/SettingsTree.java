package io.faultline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Settings that a command makes up, by the same paths that a person writes into {@code job.yaml}. */
final class SettingsTree {

    private final ObjectNode top;

    SettingsTree() {
        this(JsonNodeFactory.instance.objectNode());
    }

    private SettingsTree(ObjectNode top) {
        this.top = top;
    }

    /** Begins with what a file says. */
    static SettingsTree of(JsonNode file) {
        return new SettingsTree(file.deepCopy());
    }

    SettingsTree put(String path, String value) {
        return put(path, JsonNodeFactory.instance.textNode(value));
    }

    SettingsTree put(String path, boolean value) {
        return put(path, JsonNodeFactory.instance.booleanNode(value));
    }

    SettingsTree put(String path, int value) {
        return put(path, JsonNodeFactory.instance.numberNode(value));
    }

    SettingsTree put(String path, List<String> values) {
        var list = JsonNodeFactory.instance.arrayNode();
        values.forEach(list::add);
        return put(path, list);
    }

    JsonNode tree() {
        return top;
    }

    private SettingsTree put(String path, JsonNode value) {
        ObjectNode group = top;
        Iterator<String> keys = Arrays.asList(path.split("\\.", -1)).iterator();
        String key = keys.next();
        while (keys.hasNext()) {
            group = group.path(key) instanceof ObjectNode below ? below : group.putObject(key);
            key = keys.next();
        }
        group.set(key, value);
        return this;
    }
}
