package io.faultline.collect.decode.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.faultline.collect.parse.format.SeverityWords;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * What is pushed to Loki: {@code {"streams":[{"stream":{labels},"values":[["<nanoseconds>","line",{metadata}]]}]}}. The labels
 * must stand before the values, as every client writes them.
 */
final class LokiPush {

    private final Address outer;
    private final BiConsumer<String, Address> out;

    LokiPush(Address outer, BiConsumer<String, Address> out) {
        this.outer = outer;
        this.out = out;
    }

    /** Reads the object whose start was just read. */
    void read(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean streams = json.currentName().equals("streams");
            if (json.nextToken() != JsonToken.START_ARRAY || !streams) {
                json.skipChildren();
                continue;
            }
            JsonToken token = json.nextToken();
            while (token != null && token != JsonToken.END_ARRAY) {
                if (token == JsonToken.START_OBJECT) {
                    stream(json);
                } else {
                    json.skipChildren();
                }
                token = json.nextToken();
            }
        }
    }

    private void stream(JsonParser json) throws IOException {
        Address address = outer.copy().kind("loki");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("stream") && value == JsonToken.START_OBJECT) {
                labels(json, address);
            } else if (key.equals("values") && value == JsonToken.START_ARRAY) {
                JsonToken entry = json.nextToken();
                while (entry != null && entry != JsonToken.END_ARRAY) {
                    if (entry == JsonToken.START_ARRAY) {
                        entry(json, address.copy());
                    } else {
                        json.skipChildren();
                    }
                    entry = json.nextToken();
                }
            } else {
                json.skipChildren();
            }
        }
    }

    private void entry(JsonParser json, Address address) throws IOException {
        String line = null;
        JsonToken token = json.nextToken();
        for (int i = 0; token != null && token != JsonToken.END_ARRAY; i++) {
            if (i == 0 && token.isScalarValue()) {
                address.written(EnvelopeTimes.number(json.getText()));
            } else if (i == 1 && token.isScalarValue()) {
                line = json.getText();
            } else if (i == 2 && token == JsonToken.START_OBJECT) {
                labels(json, address);
            } else {
                json.skipChildren();
            }
            token = json.nextToken();
        }
        if (line != null) {
            out.accept(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line, address);
        }
    }

    private static void labels(JsonParser json, Address address) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            String value = JsonTexts.scalar(json, json.nextToken());
            if (value != null) {
                label(key, value, address);
            }
        }
    }

    /** Promtail's {@code job} is {@code namespace/app}, which is no job of ours. */
    private static void label(String key, String value, Address address) {
        if (key.equals("level") || key.equals("detected_level")) {
            int number = SeverityWords.numberOf(value);
            address.severity(number).put(number == 0 ? "" : Envelopes.LEVEL, value);
            return;
        }
        boolean kubernetes = key.equals("job") && value.indexOf('/') >= 0;
        String name = kubernetes || key.equals("app") ? "label." + key : FieldNames.of(key);
        address.put(name == null ? "" : name, value);
    }
}
