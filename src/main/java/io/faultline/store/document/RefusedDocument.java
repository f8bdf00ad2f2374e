package io.faultline.store.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A document that the store refused, as it is kept in {@code faultline-rejected}: the same fields as a
 * {@link RejectedDocument}, with the document itself as payload.
 *
 * @param index where it was refused
 * @param id its id
 * @param source the document
 * @param reason the server's answer
 */
public record RefusedDocument(String index, String id, byte[] source, String reason) {

    /** The server quotes the value it did not like. */
    private static final int MAX_REASON = 2_000;

    private static final JsonFactory JSON = new JsonFactory();

    /** Its id in {@code faultline-rejected}. */
    public String rejectedId() {
        return DocumentId.hash().with(index).with(id).text();
    }

    /** The document in {@code faultline-rejected}. */
    public byte[] write() {
        return Fields.object(this::fields);
    }

    private void fields(Fields fields) throws IOException {
        // every document of ours has a time; 1970 would only say that somebody else wrote this one
        String time = field("event.created", field("@timestamp", Instant.EPOCH.toString()));
        fields.time("@timestamp", Instant.parse(time));
        fields.text("event.kind", "pipeline_error");
        fields.text("faultline.origin", field("faultline.origin", ""));
        fields.text("rejected.stage", "store");
        fields.text("rejected.reason", "refused_by_store");
        fields.text("rejected.detail", reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON));
        fields.text("rejected.index", index);
        fields.text("rejected.id", id);
        fields.text("rejected.payload", new String(source, StandardCharsets.UTF_8));
    }

    /** A flat field of the document. */
    private String field(String name, String absent) throws IOException {
        try (JsonParser parser = JSON.createParser(source)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return absent;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isIt = parser.currentName().equals(name);
                parser.nextToken();
                if (isIt) {
                    return parser.getValueAsString(absent);
                }
                parser.skipChildren();
            }
            return absent;
        }
    }
}
