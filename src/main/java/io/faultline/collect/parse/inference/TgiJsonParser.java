package io.faultline.collect.parse.inference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import java.io.IOException;

/**
 * TGI with {@code --json-output}: one object a line. The router writes its message flat and its spans in {@code span} and
 * {@code spans}; the launcher has its message in {@code fields}.
 */
public final class TgiJsonParser implements FormatParser {

    private static final JsonFactory JSON = new JsonFactory();

    /** Deeper objects are no fields of a span. */
    private static final int DEEPEST = 3;

    @Override
    public String name() {
        return "tgi-json";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "{";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("{\"timestamp\":\"") && text.contains("\"target\":\"text_generation");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return ParseResult.UNRECOGNISED;
            }
            object(json, "", 0, draft, context);
        } catch (IOException e) {
            // The parser of JSON says what is wrong with it.
            return ParseResult.UNRECOGNISED;
        }
        if (draft.timestamp() == null) {
            return ParseResult.UNRECOGNISED;
        }
        TgiEvents.classify(draft, context);
        return draft.parsed();
    }

    private static void object(JsonParser json, String within, int depth, Draft draft, ParseContext context)
            throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT && depth < DEEPEST) {
                object(json, key, depth + 1, draft, context);
            } else if (value == JsonToken.START_ARRAY && key.equals("spans")) {
                spans(json, depth, draft, context);
            } else if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
                json.skipChildren();
            } else if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                scalar(key, json.getText(), within, draft, context);
            }
        }
    }

    private static void spans(JsonParser json, int depth, Draft draft, ParseContext context) throws IOException {
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT && depth < DEEPEST) {
                object(json, "span", depth + 1, draft, context);
            } else {
                json.skipChildren();
            }
            token = json.nextToken();
        }
    }

    private static void scalar(String key, String value, String within, Draft draft, ParseContext context) {
        boolean flat = within.isEmpty();
        if (flat && key.equals("timestamp")) {
            draft.at(context.timestamps().iso(new Cursor(value)));
        } else if (flat && key.equals("level")) {
            draft.severity(Math.max(1, SeverityWords.numberOf(value)), value);
        } else if (key.equals("message") && (flat || within.equals("fields"))) {
            draft.message(value);
        } else if (key.equals("name") && within.equals("span")) {
            draft.attribute("span", value);
        } else if (!flat || (!key.equals("target") && !key.equals("filename") && !key.equals("line_number"))) {
            TgiEvents.field(key, value, draft);
        }
    }
}
