package io.faultline.store.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.store.document.SampleDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IndexTemplatesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void mapsEveryFieldThatADocumentHas() throws IOException {
        for (Map.Entry<String, byte[]> document : SampleDocuments.all().entrySet()) {
            Set<String> fields = fieldsOf(document.getKey());

            for (String name : names(JSON.readTree(document.getValue()), fields)) {
                assertThat(name.startsWith("ai.measures.") || fields.contains(name))
                        .as("%s in the template of %s", name, document.getKey())
                        .isTrue();
            }
        }
    }

    @Test
    void hasEveryFieldThatTheDashboardShows() throws IOException {
        List<JsonNode> objects = dashboard();
        Map<String, String> indices = new HashMap<>();
        for (JsonNode object : objects) {
            if (object.path("type").asText().equals("index-pattern")) {
                indices.put(
                        object.path("id").asText(),
                        object.at("/attributes/title").asText());
            }
        }
        assertThat(indices).hasSameSizeAs(IndexTemplates.INDICES);

        int checked = 0;
        for (JsonNode object : objects) {
            if (!object.path("type").asText().equals("visualization")) {
                continue;
            }
            String pattern = indices.get(object.at("/references/0/id").asText());
            Set<String> fields = fieldsOf(pattern.replace("faultline-", "").replace("-*", ""));
            for (String field : used(object)) {
                checked++;
                assertThat(field.startsWith("ai.measures.") ? measures() : fields)
                        .as("%s in %s", field, object.path("id"))
                        .contains(field);
            }
        }
        assertThat(checked).isGreaterThan(20);
    }

    @Test
    void resolvesEveryReferenceOfTheDashboard() throws IOException {
        Set<String> ids = new HashSet<>();
        List<String> references = new ArrayList<>();
        for (JsonNode object : dashboard()) {
            assertThat(ids.add(object.path("type").asText() + " "
                            + object.path("id").asText()))
                    .isTrue();
            object.path("references")
                    .forEach(reference -> references.add(reference.path("type").asText() + " "
                            + reference.path("id").asText()));
        }

        assertThat(references).isNotEmpty().allMatch(ids::contains);
    }

    @Test
    void takesPrefixCopiesAndRetentionFromTheSettings() {
        ElasticsearchSettings settings = ElasticsearchSettings.defaults().withPrefix("lab");

        Map<String, JsonNode> requests = IndexTemplates.requests(settings, true);

        JsonNode events = requests.get("/_index_template/lab-events");
        assertThat(events.path("index_patterns")).hasToString("[\"lab-events-*\"]");
        assertThat(events.path("composed_of")).hasToString("[\"lab-common\"]");
        assertThat(events.at("/template/settings/index/lifecycle/name").asText())
                .isEqualTo("lab-daily");
        assertThat(requests.get("/_ilm/policy/lab-daily")
                        .at("/policy/phases/delete/min_age")
                        .asText())
                .isEqualTo("720h");
        assertThat(requests.get("/_index_template/lab-incidents").at("/template/settings/index/lifecycle"))
                .isEmpty();
        assertThat(requests.keySet()).first().isEqualTo("/_ilm/policy/lab-daily");
    }

    @Test
    void asksNothingOfAServerWithoutLifecycles() {
        Map<String, JsonNode> requests = IndexTemplates.requests(ElasticsearchSettings.defaults(), false);

        assertThat(requests).hasSize(1 + IndexTemplates.INDICES.size());
        assertThat(requests.toString()).doesNotContain("lifecycle", "data_stream", "painless", "pipeline");
    }

    /** The names of a document's fields; of a list of objects that is mapped those of its members. */
    private static Set<String> names(JsonNode document, Set<String> mapped) {
        Set<String> names = new TreeSet<>();
        document.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isArray() && value.path(0).isObject() && !mapped.contains(field.getKey())) {
                value.path(0).fieldNames().forEachRemaining(member -> names.add(field.getKey() + "." + member));
            } else {
                names.add(field.getKey());
            }
        });
        return names;
    }

    private static Set<String> used(JsonNode visualization) throws IOException {
        Set<String> used = new TreeSet<>();
        JsonNode state = JSON.readTree(visualization.at("/attributes/visState").asText());
        for (JsonNode aggregation : state.path("aggs")) {
            if (aggregation.at("/params/field").isTextual()) {
                used.add(aggregation.at("/params/field").asText());
            }
        }
        for (JsonNode series : state.at("/params/series")) {
            for (JsonNode metric : series.path("metrics")) {
                if (metric.path("type").asText().equals("sum")) {
                    used.add(metric.path("field").asText());
                }
            }
        }
        String source = visualization
                .at("/attributes/kibanaSavedObjectMeta/searchSourceJSON")
                .asText();
        String query = JSON.readTree(source).at("/query/query").asText();
        if (query.contains(":")) {
            used.add(query.substring(0, query.indexOf(':')));
        }
        return used;
    }

    private static List<JsonNode> dashboard() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("dashboards/faultline.ndjson"))) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }

    /** The measures that docs/KINDS.md promises. */
    private static Set<String> measures() throws IOException {
        Set<String> measures = new HashSet<>();
        for (String word : Files.readString(Path.of("docs/KINDS.md")).split("`")) {
            measures.add("ai.measures." + word);
        }
        return measures;
    }

    private static Set<String> fieldsOf(String index) {
        Set<String> fields = new HashSet<>();
        collect("", IndexTemplates.read("component-common").at("/template/mappings/properties"), fields);
        collect("", IndexTemplates.read("index-" + index).at("/template/mappings/properties"), fields);
        return fields;
    }

    private static void collect(String path, JsonNode properties, Set<String> fields) {
        properties.properties().forEach(property -> {
            String name = path + property.getKey();
            if (property.getValue().has("properties")) {
                collect(name + ".", property.getValue().path("properties"), fields);
            } else {
                fields.add(name);
            }
        });
    }
}
