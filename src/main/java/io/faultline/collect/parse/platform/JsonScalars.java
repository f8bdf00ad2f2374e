package io.faultline.collect.parse.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts and numbers of one JSON object by dotted name, in the order they are written. Lists are left out. */
final class JsonScalars {

    private static final JsonFactory JSON = new JsonFactory();

    /** An object with more is no record of a log. */
    private static final int MOST = 256;

    private JsonScalars() {}

    /** Null where a text is not one whole JSON object. */
    static @Nullable Map<String, String> read(String text) {
        Map<String, String> scalars = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            object(json, "", scalars);
            return json.nextToken() == null ? scalars : null;
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
    }

    private static void object(JsonParser json, String prefix, Map<String, String> scalars) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && scalars.size() < MOST) {
                object(json, key + ".", scalars);
            } else if (value == JsonToken.START_ARRAY || value == JsonToken.START_OBJECT) {
                json.skipChildren();
            } else if (value != null && value != JsonToken.VALUE_NULL && scalars.size() < MOST) {
                scalars.put(key, json.getText());
            }
        }
    }
}
