package io.faultline.collect.parse.generic;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.TextReader;
import io.faultline.model.Measures;
import io.faultline.model.Rejected;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line, as python-json-logger, structlog, zap, slog and bunyan write it. Its message may be a line of
 * another format, which is then read as that; the other keys become attributes.
 */
public final class JsonParser implements FormatParser {

    /** Python writes NaN and Infinity bare; a tab inside of a text is wrong, but nobody would be served by its loss. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final TextReader texts;

    public JsonParser(TextReader texts) {
        this.texts = texts;
    }

    @Override
    public String name() {
        return "json";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "{";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.isEmpty() || text.charAt(0) != '{') {
            return false;
        }
        char next = new Cursor(text, 1).spaces().peek();
        return next == '"' || next == '}';
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        JsonFields fields = new JsonFields(text);
        try (com.fasterxml.jackson.core.JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            fields.read(json);
            if (json.nextToken() != null) {
                return malformed("there is text behind the JSON object; one object a line would be right", text);
            }
        } catch (JsonEOFException e) {
            return malformed("the JSON object ends before it is whole; one whole object a line would be right", text);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at column " + e.getLocation().getColumnNr();
            return malformed("no whole JSON object" + place + ": " + firstLine(e.getOriginalMessage()), text);
        } catch (IOException e) {
            throw new UncheckedIOException("reading a text in memory", e);
        }
        ParseResult.Parsed parsed = event(fields, text, context);
        String wrong = fields.wrongType();
        return wrong == null ? parsed : new ParseResult.Malformed(Rejected.Reason.WRONG_TYPE, wrong, parsed);
    }

    private ParseResult malformed(String detail, String text) {
        return new ParseResult.Malformed(
                Rejected.Reason.MALFORMED, detail, new Draft(this).message(text).parsed());
    }

    private static String firstLine(@Nullable String text) {
        int end = text == null ? -1 : text.indexOf('\n');
        return text == null ? "" : end < 0 ? text : text.substring(0, end);
    }

    private ParseResult.Parsed event(JsonFields fields, String text, ParseContext context) {
        String written = fields.message();
        String message = written == null ? text : written;
        Instant time = fields.time(context.timestamps());
        if (fields.isPlain() && texts.read(message, context) instanceof ParseResult.Parsed inner) {
            return inside(inner, fields, time);
        }
        Draft draft = new Draft(this).at(time).message(message);
        draft.severity(fields.severityNumber(), fields.severityText());
        fields.describe(draft);
        if (!JsonMetrics.read(fields, draft)) {
            Faults.refine(draft);
        }
        return draft.parsed();
    }

    /** The line inside tells more than its wrapper, but for the time and level that it may lack. */
    private static ParseResult.Parsed inside(ParseResult.Parsed inner, JsonFields fields, @Nullable Instant time) {
        Draft attributes = new Draft(inner.by());
        for (int i = 0; i < inner.attributes().size(); i++) {
            attributes.attribute(
                    inner.attributes().keys()[i], inner.attributes().values()[i]);
        }
        fields.describe(attributes);
        Measures own = attributes.parsed().measures();
        return new ParseResult.Parsed(
                inner.by(),
                inner.timestamp() != null ? inner.timestamp() : time,
                Math.max(inner.severityNumber(), inner.severityText().isEmpty() ? fields.severityNumber() : 0),
                inner.severityText().isEmpty() ? fields.severityText() : inner.severityText(),
                inner.message(),
                inner.kind(),
                inner.entity(),
                inner.measures().isEmpty() ? own : inner.measures(),
                attributes.parsed().attributes());
    }
}
