package io.faultline.store.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The templates of {@code src/main/resources/elasticsearch}, fitted to the settings. */
final class IndexTemplates {

    /** The names of the indices behind the prefix; one template each. */
    static final List<String> INDICES = List.of(
            "events",
            "statistics",
            "alerts",
            "alert-states",
            "near-misses",
            "incidents",
            "goodput",
            "notifications",
            "audit",
            "rule-precision",
            "actions",
            "rejected");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the files say where the settings say something else. */
    private static final String WRITTEN_PREFIX = "faultline-";

    private IndexTemplates() {}

    /** Paths and bodies of the requests that install everything, in the order that references want. */
    static Map<String, JsonNode> requests(ElasticsearchSettings settings, boolean hasLifecycle) {
        Map<String, JsonNode> requests = new LinkedHashMap<>();
        String prefix = settings.indexPrefix() + "-";
        String policy = prefix + "daily";
        if (hasLifecycle) {
            JsonNode body = read("policy-daily");
            ((ObjectNode) body.at("/policy/phases/delete"))
                    .put("min_age", settings.retention().toHours() + "h");
            requests.put("/_ilm/policy/" + policy, body);
        }
        JsonNode common = read("component-common");
        ((ObjectNode) common.at("/template/settings/index"))
                .put("number_of_shards", settings.shards())
                .put("number_of_replicas", settings.replicas());
        requests.put("/_component_template/" + prefix + "common", common);
        for (String index : INDICES) {
            JsonNode template = read("index-" + index);
            renamed((ArrayNode) template.get("index_patterns"), prefix);
            renamed((ArrayNode) template.get("composed_of"), prefix);
            boolean isDaily = template.at("/index_patterns/0").asText().endsWith("*");
            if (hasLifecycle && isDaily) {
                ((ObjectNode) template.get("template"))
                        .withObject("/settings/index/lifecycle")
                        .put("name", policy);
            }
            requests.put("/_index_template/" + prefix + index, template);
        }
        return requests;
    }

    static JsonNode read(String name) {
        String resource = "/elasticsearch/" + name + ".json";
        try (InputStream in = IndexTemplates.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is not in the jar");
            }
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }

    private static void renamed(ArrayNode names, String prefix) {
        for (int i = 0; i < names.size(); i++) {
            names.set(i, prefix + names.get(i).asText().substring(WRITTEN_PREFIX.length()));
        }
    }
}
