package io.faultline.collect.decode.envelope;

import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One log record of OpenTelemetry's model while it is read, from JSON or from protobuf. */
final class OtlpRecord {

    private final Address address;
    private @Nullable Instant written;
    private @Nullable Instant observed;
    private String body = "";
    private String event = "";

    /** @param address what the resource and the scope say, to be written on */
    OtlpRecord(Address address) {
        this.address = address;
    }

    void written(@Nullable Instant time) {
        written = time;
    }

    void observed(@Nullable Instant time) {
        observed = time;
    }

    void severity(int number) {
        // OpenTelemetry's own numbers, which are ours
        address.severity(number >= Severity.TRACE.number() && number <= 24 ? number : 0);
    }

    void severityText(String text) {
        address.put(Envelopes.LEVEL, text);
    }

    void body(@Nullable String text) {
        body = text == null ? "" : text;
    }

    void event(String name) {
        event = name;
    }

    void id(String key, String id) {
        address.put(key, id);
    }

    void attribute(String key, @Nullable String value) {
        attribute(address, key, value);
    }

    /** {@code service.instance.id} and the like keep their names; what every shipper calls its own way gets ours. */
    static void attribute(Address address, String key, @Nullable String value) {
        if (key.isEmpty()) {
            return;
        }
        String name = FieldNames.of(key);
        address.put(name == null ? "" : name, value);
    }

    Address address() {
        return address.written(written).observed(observed);
    }

    /** The line; of an event without a body its name. */
    String text() {
        return body.isEmpty() ? event : body;
    }
}
