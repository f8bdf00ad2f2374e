package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.faultline.model.Rejected;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** What could not be used, as one JSON object on one line: stage, reason, origin, detail and the input itself. */
final class RejectedJson {

    private RejectedJson() {}

    static String of(Rejected rejected) {
        ObjectNode object = JsonNodeFactory.instance
                .objectNode()
                .put("stage", rejected.stage())
                .put("reason", rejected.reason().name().toLowerCase(Locale.ROOT))
                .put("file", rejected.origin().name())
                .put("line", rejected.origin().position())
                .put("detail", rejected.detail());
        return payload(rejected.payload(), object).toString();
    }

    /** Text where it is text, Base64 where not: a replay needs every byte. */
    private static ObjectNode payload(byte[] payload, ObjectNode object) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(payload);
            return object.put(
                    "payload", StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (CharacterCodingException e) {
            return object.put("payload_base64", Base64.getEncoder().encodeToString(payload));
        }
    }
}
