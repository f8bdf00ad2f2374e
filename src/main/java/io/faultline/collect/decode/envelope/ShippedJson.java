package io.faultline.collect.decode.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Timestamps;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One object with one line in it, as Filebeat, Fluent Bit, Fluentd, Vector, Docker, journald, Google Cloud Logging and stern
 * write it. They differ in the names of their keys only. An object without a line, which a shipper has merged the line's
 * own JSON into, is passed on as it is.
 */
final class ShippedJson {

    /** Metadata is not nested deeper; what is deeper belongs to an application. */
    private static final int DEPTH = 6;

    private final Timestamps timestamps;
    private final String text;
    private final JsonKind kind;
    private final Address address;

    private @Nullable String line;
    private int lineRank = Integer.MAX_VALUE;
    private @Nullable String source;
    private @Nullable String sourceType;
    private @Nullable String command;
    private @Nullable Instant timestamp;
    private @Nullable Instant time;
    private @Nullable Instant readTime;
    private boolean partial;
    private boolean last;
    private boolean beat;
    private boolean cloud;
    private boolean lineless = true;

    ShippedJson(Timestamps timestamps, String text, JsonKind kind, Address address) {
        this.timestamps = timestamps;
        this.text = text;
        this.kind = kind;
        this.address = address;
    }

    /** Reads the object whose start was just read; what was found so far stays where the JSON breaks. */
    void read(JsonParser json) throws IOException {
        object(json, "", 1);
    }

    /** The line; the object itself where it holds none. */
    String line() {
        String found = line;
        if (found == null) {
            return text;
        }
        if (found.endsWith("\n")) {
            return found.substring(0, found.endsWith("\r\n") ? found.length() - 2 : found.length() - 1);
        }
        return found;
    }

    boolean foundLine() {
        return line != null;
    }

    /** Whether the shipper left the line out and said so. */
    boolean isLeftOut() {
        return line == null && !lineless;
    }

    /** Writes on the address what was found. */
    void finish() {
        address.kind(name());
        if (source != null) {
            boolean isStream = source.equals("stdout") || source.equals("stderr");
            address.put(isStream ? "stream" : source.indexOf('/') >= 0 ? "log.file.path" : "source", source);
        }
        address.putIfAbsent("process", command);
        boolean readByVector = sourceType != null
                && !sourceType.equals("kubernetes_logs")
                && !sourceType.equals("docker_logs")
                && !sourceType.equals("journald")
                && !sourceType.equals("syslog");
        if (readByVector) {
            address.observed(timestamp);
        } else {
            address.written(timestamp);
        }
        address.written(time).observed(readTime);
        if (partial) {
            address.part(last ? Part.LAST : Part.MORE);
        } else if (kind == JsonKind.DOCKER && line != null) {
            address.part(line.endsWith("\n") ? Part.LAST : Part.UNENDED);
        }
    }

    private String name() {
        return switch (kind) {
            case DOCKER -> "docker";
            case JOURNALD -> "journald";
            default -> beat ? "filebeat" : sourceType != null ? "vector" : cloud ? "cloud-logging" : "fluent";
        };
    }

    private void object(JsonParser json, String prefix, int depth) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = prefix.isEmpty() ? json.currentName() : prefix + json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.START_OBJECT) {
                nested(json, key, depth);
            } else if (value == JsonToken.START_ARRAY) {
                list(json, key);
            } else if (value != null && value != JsonToken.VALUE_NULL) {
                field(key, json.getText(), value == JsonToken.VALUE_STRING);
            } else if (key.equals("MESSAGE")) {
                // journald writes null for what is longer than it sends
                lineless = false;
            }
        }
    }

    private void nested(JsonParser json, String key, int depth) throws IOException {
        beat |= key.equals("@metadata") || key.equals("beat") || key.equals("agent");
        if (key.equals("jsonPayload")) {
            cloud = true;
            line(3, JsonTexts.raw(json, text));
        } else if (depth == DEPTH || key.equals("@metadata") || key.equals("ecs")) {
            json.skipChildren();
        } else {
            object(json, key + ".", depth + 1);
        }
    }

    private void list(JsonParser json, String key) throws IOException {
        if (key.equals("MESSAGE")) {
            line(0, JsonTexts.bytes(json));
        } else {
            json.skipChildren();
        }
    }

    private void field(String key, String value, boolean isText) {
        switch (key) {
            case "log" -> line(kind == JsonKind.JOURNALD ? 5 : 1, value);
            case "message" -> line(kind == JsonKind.JOURNALD ? 5 : 2, value);
            case "MESSAGE" -> line(kind == JsonKind.JOURNALD ? 0 : 3, value);
            case "textPayload", "line" -> {
                cloud |= key.equals("textPayload");
                line(3, value);
            }
            case "msg" -> line(4, value);
            case "@timestamp", "date", "receiveTimestamp" -> readTime = EnvelopeTimes.of(value, timestamps);
            case "time" -> time = EnvelopeTimes.of(value, timestamps);
            case "timestamp" -> timestamp = EnvelopeTimes.of(value, timestamps);
            case "__REALTIME_TIMESTAMP" -> timestamp = EnvelopeTimes.number(value);
            case "_SOURCE_REALTIME_TIMESTAMP" -> time = EnvelopeTimes.number(value);
            case "source" -> source = value;
            case "source_type" -> sourceType = value;
            case "_COMM" -> command = value;
            case "_p", "logtag" -> address.part(value.startsWith("P") ? Part.MORE : Part.LAST);
            case "partial_message", "CONTAINER_PARTIAL_MESSAGE" -> partial = true;
            case "partial_last" -> last = value.equals("true");
            case "PRIORITY" -> priority(value);
            case "level", "severity", "levelname", "log.level", "loglevel" -> level(value, isText);
            default -> address.put(or(FieldNames.of(key)), value);
        }
    }

    private static String or(@Nullable String name) {
        return name == null ? "" : name;
    }

    /** A shipper that parses lines leaves the original beside the parts; the lower the rank, the more original. */
    private void line(int rank, String value) {
        if (rank < lineRank) {
            lineRank = rank;
            line = value;
        }
    }

    private void priority(String value) {
        if (value.length() == 1 && value.charAt(0) >= '0' && value.charAt(0) <= '7') {
            address.severity(SeverityWords.numberOfPriority(value.charAt(0) - '0'));
        }
    }

    private void level(String value, boolean isText) {
        int number = isText ? SeverityWords.numberOf(value) : 0;
        address.severity(number);
        if (number > 0) {
            address.put(Envelopes.LEVEL, value);
        }
    }
}
