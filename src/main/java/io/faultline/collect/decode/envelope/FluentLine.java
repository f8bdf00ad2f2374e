package io.faultline.collect.decode.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Timestamps;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The shapes in which Fluent Bit and Fluentd write records that are not one bare object: a list of objects, the forward
 * protocol's {@code [tag,[[time,record],…]]}, Fluent Bit's {@code [0] tag: [[time, {metadata}], {record}]} on standard output,
 * and Fluentd's {@code time tag: {record}} in files.
 */
final class FluentLine {

    private final Timestamps timestamps;
    private final Out out;

    /** Takes a record. */
    interface Out {
        /** @return whether it holds a line */
        boolean accept(String record, @Nullable Instant time, @Nullable String tag);
    }

    FluentLine(Timestamps timestamps, Out out) {
        this.timestamps = timestamps;
        this.out = out;
    }

    /** {@code 2026-03-01 10:00:00.000000000 +0000 tag: {…}}, or with tabs: {@code 2026-03-01T10:00:00+00:00<TAB>tag<TAB>{…}}. */
    boolean file(String text) {
        Cursor cursor = new Cursor(text);
        Instant time = timestamps.iso(cursor);
        if (time == null) {
            return false;
        }
        char zone = text.charAt(cursor.position() - 1);
        if (cursor.peek() == ' ' && zone != 'Z') {
            int signs = cursor.position() + 1;
            boolean offset = text.length() > signs + 6
                    && (text.charAt(signs) == '+' || text.charAt(signs) == '-')
                    && text.charAt(signs + 5) == ' ';
            if (!offset) {
                return false;
            }
            // the reader of times takes no blank before the zone
            time = timestamps.iso(new Cursor(text.substring(0, signs - 1) + text.substring(signs, signs + 5)));
            cursor.position(signs + 5);
        }
        boolean tabs = cursor.take('\t');
        if (!tabs && !cursor.take(' ')) {
            return false;
        }
        int from = cursor.position();
        int brace = text.indexOf(tabs ? "\t{" : ": {", from);
        if (brace <= from || brace > from + 300 || text.lastIndexOf(' ', brace - 1) >= from) {
            return false;
        }
        String record = text.substring(text.indexOf('{', brace));
        return out.accept(record, time, text.substring(from, brace));
    }

    /** The shapes that begin with a bracket. */
    boolean brackets(String text) throws IOException {
        char second = text.charAt(1);
        if (second >= '0' && second <= '9') {
            int close = text.indexOf("] ");
            int list = close < 0 ? -1 : text.indexOf(": [", close);
            if (close < 0 || close > 12 || list < 0 || list > 300) {
                return false;
            }
            String rest = text.substring(list + 2);
            try (JsonParser json = JsonTexts.parser(rest)) {
                json.nextToken();
                return entry(json, rest, text.substring(close + 2, list));
            }
        }
        try (JsonParser json = JsonTexts.parser(text)) {
            json.nextToken();
            JsonToken first = json.nextToken();
            if (first == JsonToken.START_OBJECT) {
                return objects(json, text);
            }
            return first == JsonToken.VALUE_STRING && forward(json, text, json.getText());
        }
    }

    private boolean objects(JsonParser json, String text) throws IOException {
        boolean any = false;
        for (JsonToken token = json.currentToken(); token == JsonToken.START_OBJECT; token = json.nextToken()) {
            String record = JsonTexts.raw(json, text);
            if (!out.accept(record, null, null) && !any) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private boolean forward(JsonParser json, String text, String tag) throws IOException {
        JsonToken token = json.nextToken();
        if (token == null || !token.isNumeric()) {
            boolean any = false;
            while (token == JsonToken.START_ARRAY && json.nextToken() == JsonToken.START_ARRAY) {
                any |= entries(json, text, tag);
                token = json.currentToken();
            }
            return any;
        }
        Instant time = EnvelopeTimes.number(json.getText());
        return json.nextToken() == JsonToken.START_OBJECT && out.accept(JsonTexts.raw(json, text), time, tag);
    }

    private boolean entries(JsonParser json, String text, String tag) throws IOException {
        boolean any = false;
        for (JsonToken token = json.currentToken(); token == JsonToken.START_ARRAY; token = json.nextToken()) {
            any |= entry(json, text, tag);
        }
        return any;
    }

    /** {@code [time, {record}]} or {@code [[time, {metadata}], {record}]}; the parser stands on its bracket, then behind it. */
    private boolean entry(JsonParser json, String text, String tag) throws IOException {
        Instant time = null;
        boolean any = false;
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token.isScalarValue() && time == null) {
                time = EnvelopeTimes.number(json.getText());
            } else if (token == JsonToken.START_ARRAY && time == null) {
                token = json.nextToken();
                time = token != null && token.isScalarValue() ? EnvelopeTimes.number(json.getText()) : null;
                while (token != null && token != JsonToken.END_ARRAY) {
                    json.skipChildren();
                    token = json.nextToken();
                }
            } else if (token == JsonToken.START_OBJECT && !any) {
                any = out.accept(JsonTexts.raw(json, text), time, tag);
            } else {
                json.skipChildren();
            }
            token = json.nextToken();
        }
        return any;
    }
}
