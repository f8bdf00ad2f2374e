package io.faultline.store.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.store.document.KeptReject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.elasticsearch.client.Request;
import org.elasticsearch.client.Response;
import org.elasticsearch.client.ResponseException;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;

/** The index of rejected inputs. What was put back stays in it, with the time at which it was. */
public final class RejectedIndex implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 500;

    private final String index;
    private final RestClient client;

    public RejectedIndex(ElasticsearchSettings settings) {
        index = settings.indexPrefix() + "-rejected";
        client = ElasticsearchAccess.client(settings);
    }

    /** What is kept and was not put back, the oldest first. */
    public List<KeptReject> read() throws IOException {
        List<KeptReject> kept = new ArrayList<>();
        JsonNode after = null;
        do {
            JsonNode hits = page(after);
            for (JsonNode hit : hits) {
                byte[] source = JSON.writeValueAsBytes(hit.path("_source"));
                kept.add(KeptReject.read(hit.path("_id").asText(), source));
            }
            after = hits.size() < PAGE ? null : hits.path(hits.size() - 1).path("sort");
        } while (after != null);
        return kept;
    }

    private JsonNode page(@Nullable JsonNode after) throws IOException {
        ObjectNode query = JSON.createObjectNode().put("size", PAGE);
        query.putObject("query")
                .putObject("bool")
                .putArray("must_not")
                .addObject()
                .putObject("exists")
                .put("field", "rejected.replayed");
        query.putArray("sort").add("@timestamp").add("_id");
        if (after != null) {
            query.set("search_after", after);
        }
        Request request = new Request("POST", "/" + index + "/_search");
        request.setJsonEntity(query.toString());
        try {
            return answer(client.performRequest(request)).path("hits").path("hits");
        } catch (ResponseException e) {
            if (e.getResponse().getStatusLine().getStatusCode() == 404) {
                return JSON.createArrayNode();
            }
            throw e;
        }
    }

    /** Marks what was put back. */
    public void settle(List<KeptReject> putBack, Instant now) throws IOException {
        for (KeptReject reject : putBack) {
            Request request = new Request("POST", "/" + index + "/_update/" + reject.key());
            ObjectNode update = JSON.createObjectNode();
            update.putObject("doc").put("rejected.replayed", now.toString());
            request.setJsonEntity(update.toString());
            client.performRequest(request);
        }
    }

    /**
     * Offers a refused document to its index again.
     *
     * @return why the server refuses it still; null where it took it
     */
    public @Nullable String offerAgain(KeptReject document) throws IOException, InterruptedException {
        PatientWriter writer = new PatientWriter(client, PatientWriter.PATIENCE);
        Optional<String> refusal = writer.write(document.index(), document.id(), document.payload());
        return refusal.orElse(null);
    }

    private static JsonNode answer(Response response) throws IOException {
        return JSON.readTree(response.getEntity().getContent());
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
