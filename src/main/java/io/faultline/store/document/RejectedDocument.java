package io.faultline.store.document;

import io.faultline.model.Rejected;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What could not be used: {@code faultline-rejected}. The payload is in no index, so that no payload can make the document
 * be refused.
 */
public final class RejectedDocument implements Document<Rejected> {

    @Override
    public String name() {
        return "rejected";
    }

    @Override
    public String id(Rejected rejected) {
        return DocumentId.hash()
                .with(rejected.stage())
                .with(rejected.reason().name())
                .with(rejected.origin().type().name())
                .with(rejected.origin().toString())
                .with(rejected.payload())
                .text();
    }

    @Override
    public @Nullable Instant day(Rejected rejected) {
        return null;
    }

    @Override
    public void fields(Rejected rejected, Fields fields) throws IOException {
        fields.time("@timestamp", rejected.observedTimestamp());
        fields.text("event.kind", "pipeline_error");
        fields.text("faultline.origin", rejected.origin().toString());
        fields.text("rejected.stage", rejected.stage());
        fields.text("rejected.reason", rejected.reason().name().toLowerCase(Locale.ROOT));
        fields.text("rejected.detail", rejected.detail());
        payload(rejected.payload(), fields);
    }

    /** Text where it is text, Base64 where not: a replay needs every byte. */
    private static void payload(byte[] payload, Fields fields) throws IOException {
        try {
            fields.text(
                    "rejected.payload",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(payload))
                            .toString());
        } catch (CharacterCodingException e) {
            fields.text("rejected.payload_base64", Base64.getEncoder().encodeToString(payload));
        }
    }
}
