package io.faultline.store.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.faultline.model.Origin;
import io.faultline.model.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What could not be used, read back from where it was kept: the counterpart of {@link RejectedDocument} and
 * {@link RefusedDocument}.
 *
 * @param key by what the place that kept it finds it again: the id of a document, the key of a Kafka record
 * @param observedTimestamp when the input was seen
 * @param stage the step that gave up
 * @param reason why, in lower case as {@code too_long}
 * @param origin where the input was read, as {@link Origin#toString()}
 * @param detail what exactly was wrong
 * @param payload the input, cut to {@value Rejected#MAX_PAYLOAD} bytes
 * @param index where a refused document belongs; empty for other inputs
 * @param id the refused document's id; empty for other inputs
 * @param document all of it, as it is kept: one line of JSON
 */
public record KeptReject(
        String key,
        Instant observedTimestamp,
        String stage,
        String reason,
        String origin,
        String detail,
        byte[] payload,
        String index,
        String id,
        String document) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads one.
     *
     * @throws IOException where the text is no JSON object of this kind
     */
    public static KeptReject read(String key, byte[] document) throws IOException {
        JsonNode node = JSON.readTree(document);
        if (!node.has("rejected.stage") || !node.has("rejected.reason")) {
            throw new IOException("no rejected input: rejected.stage and rejected.reason are missing");
        }
        return new KeptReject(
                key,
                time(node.path("@timestamp").asText()),
                node.path("rejected.stage").asText(),
                node.path("rejected.reason").asText(),
                node.path("faultline.origin").asText(),
                node.path("rejected.detail").asText(),
                payload(node),
                node.path("rejected.index").asText(),
                node.path("rejected.id").asText(),
                node.toString());
    }

    /** Whether it is a document that the store refused, not an input. */
    public boolean isRefusedDocument() {
        return !index.isEmpty();
    }

    /** Whether the payload may be less than the input was. */
    public boolean mayBeCut() {
        return payload.length >= Rejected.MAX_PAYLOAD;
    }

    /** The Kafka record that the input was; null where it came from elsewhere. */
    public @Nullable Origin kafkaOrigin() {
        int at = origin.lastIndexOf('@');
        int slash = origin.lastIndexOf('/', at);
        if (slash <= 0 || isRefusedDocument()) {
            return null;
        }
        try {
            return Origin.kafka(
                    origin.substring(0, slash),
                    Integer.parseInt(origin.substring(slash + 1, at)),
                    Long.parseLong(origin.substring(at + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static byte[] payload(JsonNode node) {
        String base64 = node.path("rejected.payload_base64").asText();
        return base64.isEmpty()
                ? node.path("rejected.payload").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(base64);
    }
}
