package io.faultline.collect.parse.generic;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scalar fields of one JSON object by dotted name, and which of them are message, level and time. */
public final class JsonFields {

    private static final String[] MESSAGES = {"message", "msg", "log", "MESSAGE", "event", "body", "text"};
    private static final String[] LEVELS = {
        "level", "levelname", "severity", "lvl", "log.level", "severityText", "severity_text", "loglevel", "LEVEL"
    };
    private static final String[] TIMES = {"timestamp", "@timestamp", "time", "ts", "asctime", "datetime", "date", "t"};

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, JsonToken> types = new LinkedHashMap<>();

    /** Reads the object whose start was just read. */
    void read(JsonParser json) throws IOException {
        object(json, "");
    }

    private void object(JsonParser json, String prefix) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix.isEmpty() ? json.currentName() : prefix + "." + json.currentName();
            JsonToken value = json.nextToken();
            if (prefix.isEmpty()) {
                types.put(key, value);
            }
            if (value == JsonToken.START_OBJECT) {
                object(json, key);
            } else if (value == JsonToken.START_ARRAY) {
                json.skipChildren();
            } else if (value != null && value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                texts.put(key, json.getText());
            }
        }
    }

    @Nullable
    String message() {
        String key = first(MESSAGES);
        String message = key == null ? null : texts.get(key);
        String exception = texts.containsKey("exc_info") ? texts.get("exc_info") : texts.get("exception");
        return message == null || exception == null ? message : message + "\n" + exception;
    }

    /** Whether there is a message and no exception beside it, so that the message may be a line of its own. */
    boolean isPlain() {
        return first(MESSAGES) != null && !texts.containsKey("exc_info") && !texts.containsKey("exception");
    }

    int severityNumber() {
        String key = first(LEVELS);
        String written = key == null ? "" : texts.getOrDefault(key, "");
        if (key != null && types.get(key) == JsonToken.VALUE_NUMBER_INT) {
            // bunyan and pino: 10 trace, 20 debug, 30 info, 40 warn, 50 error, 60 fatal.
            long number = new Cursor(written).number();
            return number >= 10 && number <= 60 ? (int) (number / 10 - 1) * 4 + 1 : Severity.INFO.number();
        }
        int number = SeverityWords.numberOf(written);
        return number == 0 ? Severity.INFO.number() : number;
    }

    String severityText() {
        String key = first(LEVELS);
        return key == null ? "" : texts.getOrDefault(key, "");
    }

    @Nullable
    Instant time(Timestamps timestamps) {
        for (String key : TIMES) {
            String written = texts.get(key);
            Instant time = written == null ? null : time(written, timestamps);
            if (time != null) {
                return time;
            }
        }
        return null;
    }

    private static @Nullable Instant time(String written, Timestamps timestamps) {
        Instant time = timestamps.iso(new Cursor(written));
        if (time != null || written.isEmpty() || written.length() > 24) {
            return time;
        }
        var number = io.faultline.model.Measures.builder();
        boolean isNumber = Numbers.put(number, "time", 1, written, 0, written.length());
        return isNumber ? Timestamps.epoch(number.build().getOr("time", -1)) : null;
    }

    /** What is neither message nor level nor time. */
    Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        texts.forEach((key, value) -> {
            if (!isOneOf(MESSAGES, key) && !isOneOf(LEVELS, key) && !isOneOf(TIMES, key)) {
                attributes.put(key, value);
            }
        });
        attributes.remove("exc_info");
        attributes.remove("exception");
        return attributes;
    }

    /** What is wrong where message, level or time is an object, a list or, save the message, a flag; null where nothing is. */
    @Nullable
    String wrongType() {
        StringBuilder wrong = new StringBuilder();
        check(MESSAGES, "a text", wrong);
        check(LEVELS, "a text or a number", wrong);
        check(TIMES, "a text or a number", wrong);
        return wrong.isEmpty() ? null : wrong.toString();
    }

    private void check(String[] keys, String right, StringBuilder wrong) {
        // "log", "event" and "t" are objects in formats of good standing (ECS among them).
        for (String key : keys) {
            JsonToken type = types.get(key);
            boolean container = type == JsonToken.START_OBJECT || type == JsonToken.START_ARRAY;
            boolean isFlag = keys != MESSAGES && (type == JsonToken.VALUE_TRUE || type == JsonToken.VALUE_FALSE);
            boolean isElsewhereGroup =
                    key.equals("log") || key.equals("event") || key.equals("t") || key.equals("body");
            if (isFlag || (container && !isElsewhereGroup)) {
                wrong.append(wrong.isEmpty() ? "" : "; ")
                        .append('"')
                        .append(key)
                        .append("\" is ");
                wrong.append(isFlag ? "true or false" : type == JsonToken.START_ARRAY ? "a list" : "an object")
                        .append(", ")
                        .append(right);
                wrong.append(" would be right");
            }
        }
    }

    private @Nullable String first(String[] keys) {
        for (String key : keys) {
            if (texts.containsKey(key)) {
                return key;
            }
        }
        return null;
    }

    private static boolean isOneOf(String[] keys, String key) {
        for (String candidate : keys) {
            if (candidate.equals(key)) {
                return true;
            }
        }
        return false;
    }
}
