package io.faultline.collect.parse.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads a JSON object as pairs; the keys of an object inside it are joined with a dot: {@code metadata.step}. */
final class FlatJson {

    /** Deeper ones are kept as they are written. */
    private static final int DEEPEST = 4;

    /** Python writes NaN and Infinity into its JSON. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private FlatJson() {}

    /** Takes one pair; a value that is null is left out. */
    interface Sink {
        void pair(String key, String value, boolean number);
    }

    /** Gives all pairs of the object that a text is; false where it is none or broken. */
    static boolean read(String text, Sink sink) {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            object(json, text, "", 1, sink);
            return true;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
    }

    private static void object(JsonParser json, String text, String prefix, int depth, Sink sink) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix + json.currentName();
            JsonToken token = json.nextToken();
            if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
                object(json, text, key + '.', depth + 1, sink);
            } else if (token != null && token.isStructStart()) {
                int from = (int) json.currentTokenLocation().getCharOffset();
                json.skipChildren();
                sink.pair(key, text.substring(from, (int) json.currentLocation().getCharOffset()), false);
            } else {
                value(key, token, json, sink);
            }
        }
    }

    private static void value(String key, @Nullable JsonToken token, JsonParser json, Sink sink) throws IOException {
        if (token != null && token != JsonToken.VALUE_NULL) {
            sink.pair(key, json.getText(), token.isNumeric());
        }
    }
}
