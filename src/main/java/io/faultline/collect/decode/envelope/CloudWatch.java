package io.faultline.collect.decode.envelope;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What CloudWatch Logs sends to a subscriber: {@code {"messageType":"DATA_MESSAGE","logGroup":…,"logStream":…,"logEvents":[
 * {"id":…,"timestamp":<ms>,"message":…}]}}. A control message, which only tests whether the subscriber is there, holds no
 * lines.
 */
final class CloudWatch {

    private final Address address;
    private final BiConsumer<String, Address> out;
    private final List<String> messages = new ArrayList<>();
    private final List<String> times = new ArrayList<>();
    private @Nullable String packed;
    private boolean control;

    CloudWatch(Address outer, BiConsumer<String, Address> out) {
        this.address = outer.copy().kind("cloudwatch");
        this.out = out;
    }

    /** Reads the object whose start was just read. */
    void read(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            if (key.equals("logEvents") && value == JsonToken.START_ARRAY) {
                events(json);
            } else if (key.equals("awslogs") && value == JsonToken.START_OBJECT) {
                packed(json);
            } else {
                head(key, JsonTexts.scalar(json, value));
            }
        }
    }

    /** What Lambda gets instead: the same, as gzip in Base64. */
    @Nullable
    String packed() {
        return packed;
    }

    /** Hands out what was read; group and stream may stand behind the events. */
    void finish() {
        for (int i = 0; i < messages.size() && !control; i++) {
            String line = messages.get(i);
            Address copy = address.copy().written(EnvelopeTimes.number(times.get(i)));
            out.accept(line.endsWith("\n") ? line.substring(0, line.length() - 1) : line, copy);
        }
    }

    private void head(String key, @Nullable String value) {
        switch (key) {
            case "messageType" -> control = "CONTROL_MESSAGE".equals(value);
            case "logGroup" -> address.put("log.group", value);
            case "logStream" -> address.put("log.stream", value);
            case "owner" -> address.put("cloud.account", value);
            default -> {}
        }
    }

    private void packed(JsonParser json) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean data = json.currentName().equals("data");
            String value = JsonTexts.scalar(json, json.nextToken());
            packed = data ? value : packed;
        }
    }

    private void events(JsonParser json) throws IOException {
        JsonToken token = json.nextToken();
        while (token != null && token != JsonToken.END_ARRAY) {
            if (token == JsonToken.START_OBJECT) {
                event(json);
            } else {
                json.skipChildren();
            }
            token = json.nextToken();
        }
    }

    private void event(JsonParser json) throws IOException {
        String message = null;
        String time = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            String value = JsonTexts.scalar(json, json.nextToken());
            message = key.equals("message") ? value : message;
            time = key.equals("timestamp") && value != null ? value : time;
        }
        if (message != null) {
            messages.add(message);
            times.add(time);
        }
    }
}
