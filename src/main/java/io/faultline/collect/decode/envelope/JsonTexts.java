package io.faultline.collect.decode.envelope;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What the JSON envelopes have in common: reading one object key by key, and values as texts. */
final class JsonTexts {

    /** Field names are whatever a sender writes; interning them would keep them for ever. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();

    private JsonTexts() {}

    static JsonParser parser(String text) throws IOException {
        return JSON.createParser(text);
    }

    /** The value the parser stands on as text; null for null and for what is no scalar, which is passed over. */
    static @Nullable String scalar(JsonParser json, @Nullable JsonToken value) throws IOException {
        if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
            json.skipChildren();
            return null;
        }
        return value == null || value == JsonToken.VALUE_NULL ? null : json.getText();
    }

    /** The text of the value the parser stands on, as it is written, an object or a list too. */
    static String raw(JsonParser json, String text) throws IOException {
        int from = (int) json.currentTokenLocation().getCharOffset();
        json.skipChildren();
        int to = (int) json.currentLocation().getCharOffset();
        return text.substring(Math.max(0, from), Math.min(text.length(), Math.max(from, to)));
    }

    /** journald writes what is no UTF-8, or has colours, as a list of byte values. */
    static String bytes(JsonParser json) throws IOException {
        byte[] bytes = new byte[256];
        int count = 0;
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token.isNumeric()) {
                if (count == bytes.length) {
                    bytes = java.util.Arrays.copyOf(bytes, count * 2);
                }
                bytes[count++] = (byte) json.getIntValue();
            } else {
                json.skipChildren();
            }
            token = json.nextToken();
        }
        return new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    /** The bytes of a Base64 text; null where it is none. */
    static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
