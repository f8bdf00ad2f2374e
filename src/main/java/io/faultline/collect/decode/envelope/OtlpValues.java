package io.faultline.collect.decode.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's {@code AnyValue} as text: a text as it is, a structure as JSON, so that a structured body is read like the
 * JSON of an application.
 */
final class OtlpValues {

    /** A structure in a structure; what is deeper is left out. */
    static final int DEPTH = 16;

    private OtlpValues() {}

    /** The value whose object the parser stands on. */
    static @Nullable String text(JsonParser json) throws IOException {
        StringBuilder out = new StringBuilder();
        boolean written = value(json, out, DEPTH, true);
        return written ? out.toString() : null;
    }

    /** Bytes that are a text are that text; others stay Base64. */
    static String bytes(String base64) {
        byte[] bytes = JsonTexts.base64(base64);
        String text = bytes == null ? base64 : new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? base64 : text;
    }

    static void quoted(String text, StringBuilder out) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        out.append('"');
    }

    private static boolean value(JsonParser json, StringBuilder out, int depth, boolean bare) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return false;
        }
        boolean written = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String type = json.currentName();
            JsonToken token = json.nextToken();
            if (written || depth == 0 || token == null || token == JsonToken.VALUE_NULL) {
                json.skipChildren();
                continue;
            }
            written = true;
            switch (type) {
                case "stringValue", "string_value" -> string(json.getText(), out, bare);
                case "bytesValue", "bytes_value" -> string(bytes(json.getText()), out, bare);
                case "intValue", "int_value", "boolValue", "bool_value", "doubleValue", "double_value" ->
                    out.append(json.getText());
                case "arrayValue", "array_value" -> members(json, out, depth - 1, false);
                case "kvlistValue", "kvlist_value" -> members(json, out, depth - 1, true);
                default -> {
                    json.skipChildren();
                    written = false;
                }
            }
        }
        return written;
    }

    private static void string(String text, StringBuilder out, boolean bare) {
        if (bare) {
            out.append(text);
        } else {
            quoted(text, out);
        }
    }

    /** {@code {"values":[…]}}, of values or of keys with values. */
    private static void members(JsonParser json, StringBuilder out, int depth, boolean named) throws IOException {
        out.append(named ? '{' : '[');
        if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean values = json.currentName().equals("values");
                if (json.nextToken() != JsonToken.START_ARRAY || !values) {
                    json.skipChildren();
                    continue;
                }
                boolean first = true;
                while (json.nextToken() != JsonToken.END_ARRAY && json.currentToken() != null) {
                    out.append(first ? "" : ",");
                    first = false;
                    member(json, out, depth, named);
                }
            }
        }
        out.append(named ? '}' : ']');
    }

    private static void member(JsonParser json, StringBuilder out, int depth, boolean named) throws IOException {
        int before = out.length();
        String key = "";
        boolean written = false;
        StringBuilder value = named ? new StringBuilder() : out;
        if (!named) {
            written = value(json, out, depth, false);
        } else if (json.currentToken() == JsonToken.START_OBJECT) {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                json.nextToken();
                if (field.equals("key")) {
                    key = json.getText();
                } else if (field.equals("value")) {
                    written = value(json, value, depth, false);
                } else {
                    json.skipChildren();
                }
            }
        }
        if (!written) {
            out.setLength(before);
            value = new StringBuilder("null");
        }
        if (named) {
            quoted(key, out);
            out.append(':').append(value);
        } else if (!written) {
            out.append("null");
        }
    }
}
