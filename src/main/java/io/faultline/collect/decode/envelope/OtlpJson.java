package io.faultline.collect.decode.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's {@code LogsData} and {@code ExportLogsServiceRequest} as JSON (opentelemetry-proto, section JSON of the OTLP
 * specification): 64-bit numbers are texts, names are camelCase, and snake_case is accepted. A resource may stand behind
 * its records, so what was found is handed out a resource at a time.
 */
final class OtlpJson {

    private final Address outer;
    private final List<OtlpRecord> records = new ArrayList<>();

    OtlpJson(Address outer) {
        this.outer = outer;
    }

    /** The records read so far, each with what its resource says. */
    List<OtlpRecord> records() {
        return records;
    }

    /** Reads the object whose start was just read. */
    void read(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean resources = is(json.currentName(), "resourceLogs", "resource_logs");
            json.nextToken();
            each(json, resources ? this::resource : null);
        }
    }

    /** Reads one member of a list. */
    private interface Member {
        void read(JsonParser json) throws IOException;
    }

    private static void each(JsonParser json, @Nullable Member member) throws IOException {
        if (member == null || json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                member.read(json);
            } else {
                json.skipChildren();
            }
            token = json.nextToken();
        }
    }

    private void resource(JsonParser json) throws IOException {
        Address said = outer.copy().kind("otlp");
        int first = records.size();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.equals("resource")) {
                int from = first;
                attributesOf(json, (name, value) -> {
                    OtlpRecord.attribute(said, name, value);
                    for (int i = from; i < records.size(); i++) {
                        String known = FieldNames.of(name);
                        records.get(i).address().putIfAbsent(known == null ? "" : known, value);
                    }
                });
            } else if (is(key, "scopeLogs", "scope_logs") || is(key, "instrumentationLibraryLogs", "")) {
                each(json, scope -> scope(scope, said));
            } else {
                json.skipChildren();
            }
        }
    }

    private void scope(JsonParser json, Address resource) throws IOException {
        Address said = resource.copy();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            if (key.equals("scope")) {
                scopeName(json, said);
            } else if (is(key, "logRecords", "log_records") || key.equals("logs")) {
                each(json, record -> record(record, said));
            } else {
                json.skipChildren();
            }
        }
    }

    private static void scopeName(JsonParser json, Address said) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            String value = JsonTexts.scalar(json, json.nextToken());
            said.put(key.equals("name") ? "scope" : "", value);
        }
    }

    private void record(JsonParser json, Address scope) throws IOException {
        OtlpRecord record = new OtlpRecord(scope.copy());
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            switch (key) {
                case "body" -> record.body(OtlpValues.text(json));
                case "attributes" -> attributes(json, record::attribute);
                default -> {
                    String text = JsonTexts.scalar(json, value);
                    if (text != null) {
                        scalar(record, key, text);
                    }
                }
            }
        }
        records.add(record);
    }

    private static void scalar(OtlpRecord record, String key, String value) {
        switch (key) {
            case "timeUnixNano", "time_unix_nano" -> record.written(EnvelopeTimes.number(value));
            case "observedTimeUnixNano", "observed_time_unix_nano" -> record.observed(EnvelopeTimes.number(value));
            case "severityNumber", "severity_number" -> record.severity(severity(value));
            case "severityText", "severity_text" -> record.severityText(value);
            case "traceId", "trace_id" -> record.id("trace_id", value);
            case "spanId", "span_id" -> record.id("span_id", value);
            case "eventName", "event_name" -> record.event(value);
            default -> {}
        }
    }

    /** A number, or the name of the enum: {@code SEVERITY_NUMBER_INFO2}. */
    private static int severity(String written) {
        if (written.length() <= 2) {
            int number = 0;
            for (int i = 0; i < written.length(); i++) {
                int digit = written.charAt(i) - '0';
                number = digit < 0 || digit > 9 ? -100 : number * 10 + digit;
            }
            return Math.max(0, number);
        }
        String name = written.startsWith("SEVERITY_NUMBER_") ? written.substring(16) : written;
        char last = name.isEmpty() ? ' ' : name.charAt(name.length() - 1);
        boolean numbered = last >= '2' && last <= '4';
        int base = io.faultline.collect.parse.format.SeverityWords.numberOf(
                numbered ? name.substring(0, name.length() - 1) : name);
        return base == 0 ? 0 : base + (numbered ? last - '1' : 0);
    }

    /** Takes a key and its value. */
    private interface KeyValue {
        void accept(String key, @Nullable String value);
    }

    private static void attributesOf(JsonParser json, KeyValue out) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean attributes = json.currentName().equals("attributes");
            json.nextToken();
            if (attributes) {
                attributes(json, out);
            } else {
                json.skipChildren();
            }
        }
    }

    private static void attributes(JsonParser json, KeyValue out) throws IOException {
        each(json, member -> {
            String key = "";
            String value = null;
            while (member.nextToken() == JsonToken.FIELD_NAME) {
                boolean isKey = member.currentName().equals("key");
                boolean isValue = member.currentName().equals("value");
                JsonToken token = member.nextToken();
                if (isKey) {
                    key = token == JsonToken.VALUE_STRING ? member.getText() : "";
                } else if (isValue) {
                    value = OtlpValues.text(member);
                } else {
                    member.skipChildren();
                }
            }
            out.accept(key, value);
        });
    }

    private static boolean is(String key, String camel, String snake) {
        return key.equals(camel) || key.equals(snake);
    }
}
