package io.faultline.collect.decode.envelope;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's {@code ExportLogsServiceRequest} in protobuf, as its collector writes it to Kafka (opentelemetry-proto
 * 1.x, logs/v1/logs.proto and common/v1/common.proto, whose field numbers stand here). Read by hand: it is the only
 * message we read, and the generated classes would come with a second protobuf runtime.
 */
final class OtlpProtobuf {

    private final Address outer;
    private final List<OtlpRecord> records = new ArrayList<>();
    private boolean broken;

    OtlpProtobuf(Address outer) {
        this.outer = outer;
    }

    /** Whether bytes can be the beginning of a request: its only field is the first, a list of messages. */
    static boolean mayBe(byte[] bytes) {
        return bytes.length > 8 && bytes[0] == 0x0a;
    }

    /** The records; null where the bytes are no request, or one without a record. */
    @Nullable
    List<OtlpRecord> read(byte[] bytes) {
        Wire request = new Wire(bytes, 0, bytes.length);
        for (int field = request.field(); field > 0; field = request.field()) {
            if (field != 1 || request.type() != Wire.BYTES) {
                return null;
            }
            resource(request.nested());
        }
        return broken || request.isBroken() || records.isEmpty() ? null : records;
    }

    private void resource(Wire resource) {
        Address said = outer.copy().kind("otlp");
        List<Wire> scopes = new ArrayList<>();
        for (int field = resource.field(); field > 0; field = resource.field()) {
            boolean message = resource.type() == Wire.BYTES;
            if (field == 1 && message) {
                attributes(resource.nested(), 1, said);
            } else if (field == 2 && message) {
                scopes.add(resource.nested());
            } else {
                resource.skip();
            }
        }
        broken |= resource.isBroken();
        for (Wire scope : scopes) {
            scope(scope, said.copy());
        }
    }

    private void scope(Wire scope, Address said) {
        for (int field = scope.field(); field > 0; field = scope.field()) {
            boolean message = scope.type() == Wire.BYTES;
            if (field == 1 && message) {
                Wire named = scope.nested();
                for (int part = named.field(); part > 0; part = named.field()) {
                    if (part == 1 && named.type() == Wire.BYTES) {
                        said.put("scope", named.nested().text());
                    } else {
                        named.skip();
                    }
                }
                broken |= named.isBroken();
            } else if (field == 2 && message) {
                record(scope.nested(), said.copy());
            } else {
                scope.skip();
            }
        }
        broken |= scope.isBroken();
    }

    private void record(Wire wire, Address said) {
        OtlpRecord record = new OtlpRecord(said);
        for (int field = wire.field(); field > 0; field = wire.field()) {
            if (wire.type() == Wire.FIXED64 && (field == 1 || field == 11)) {
                long nanos = wire.fixed64();
                if (field == 1) {
                    record.written(EnvelopeTimes.number(Long.toString(nanos)));
                } else {
                    record.observed(EnvelopeTimes.number(Long.toString(nanos)));
                }
            } else if (wire.type() == Wire.VARINT && field == 2) {
                record.severity((int) wire.varint());
            } else if (wire.type() == Wire.BYTES) {
                part(field, wire.nested(), record, said);
            } else {
                wire.skip();
            }
        }
        broken |= wire.isBroken();
        records.add(record);
    }

    private void part(int field, Wire value, OtlpRecord record, Address said) {
        switch (field) {
            case 3 -> record.severityText(value.text());
            case 5 -> record.body(text(value));
            case 6 -> keyValue(value, said);
            case 9 -> record.id("trace_id", value.hexadecimal());
            case 10 -> record.id("span_id", value.hexadecimal());
            case 12 -> record.event(value.text());
            default -> {}
        }
    }

    private void attributes(Wire message, int number, Address said) {
        for (int field = message.field(); field > 0; field = message.field()) {
            if (field == number && message.type() == Wire.BYTES) {
                keyValue(message.nested(), said);
            } else {
                message.skip();
            }
        }
        broken |= message.isBroken();
    }

    private void keyValue(Wire wire, Address said) {
        String key = "";
        String value = null;
        for (int field = wire.field(); field > 0; field = wire.field()) {
            if (field == 1 && wire.type() == Wire.BYTES) {
                key = wire.nested().text();
            } else if (field == 2 && wire.type() == Wire.BYTES) {
                value = text(wire.nested());
            } else {
                wire.skip();
            }
        }
        broken |= wire.isBroken();
        OtlpRecord.attribute(said, key, value);
    }

    private @Nullable String text(Wire value) {
        StringBuilder out = new StringBuilder();
        return value(value, out, OtlpValues.DEPTH, true) ? out.toString() : null;
    }

    private boolean value(Wire wire, StringBuilder out, int depth, boolean bare) {
        boolean written = false;
        for (int field = wire.field(); field > 0; field = wire.field()) {
            int type = wire.type();
            if (written || depth == 0) {
                wire.skip();
            } else if (type == Wire.VARINT && (field == 2 || field == 3)) {
                long number = wire.varint();
                out.append(field == 2 ? Boolean.toString(number != 0) : Long.toString(number));
                written = true;
            } else if (type == Wire.FIXED64 && field == 4) {
                out.append(Double.longBitsToDouble(wire.fixed64()));
                written = true;
            } else if (type == Wire.BYTES && (field == 1 || field == 7)) {
                text(wire.nested().text(), out, bare);
                written = true;
            } else if (type == Wire.BYTES && (field == 5 || field == 6)) {
                members(wire.nested(), out, depth - 1, field == 6);
                written = true;
            } else {
                wire.skip();
            }
        }
        broken |= wire.isBroken();
        return written;
    }

    private static void text(String text, StringBuilder out, boolean bare) {
        if (bare) {
            out.append(text);
        } else {
            OtlpValues.quoted(text, out);
        }
    }

    private void members(Wire list, StringBuilder out, int depth, boolean named) {
        out.append(named ? '{' : '[');
        boolean first = true;
        for (int field = list.field(); field > 0; field = list.field()) {
            if (field != 1 || list.type() != Wire.BYTES) {
                list.skip();
                continue;
            }
            out.append(first ? "" : ",");
            first = false;
            if (named) {
                member(list.nested(), out, depth);
            } else if (!value(list.nested(), out, depth, false)) {
                out.append("null");
            }
        }
        broken |= list.isBroken();
        out.append(named ? '}' : ']');
    }

    private void member(Wire wire, StringBuilder out, int depth) {
        String key = "";
        StringBuilder value = new StringBuilder();
        for (int field = wire.field(); field > 0; field = wire.field()) {
            if (field == 1 && wire.type() == Wire.BYTES) {
                key = wire.nested().text();
            } else if (field == 2 && wire.type() == Wire.BYTES) {
                value(wire.nested(), value, depth, false);
            } else {
                wire.skip();
            }
        }
        broken |= wire.isBroken();
        OtlpValues.quoted(key, out);
        out.append(':').append(value.isEmpty() ? "null" : value);
    }
}
