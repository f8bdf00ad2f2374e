package io.faultline.collect.decode.envelope;

import io.faultline.collect.decode.envelope.Enclosed.Part;
import io.faultline.model.Attributes;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is written on the envelopes opened so far. The inner envelope stands nearer to the writer, so its word replaces the
 * outer's.
 */
final class Address {

    /** What a pod's labels and a record's attributes come to; a hostile sender's end here. */
    private static final int MOST = 64;

    private static final int LONGEST = 1024;

    private String[] keys;
    private String[] values;
    private int size;
    private @Nullable Instant written;
    private @Nullable Instant observed;
    private int severityNumber;
    private Part part;
    private boolean truncated;

    Address(Enclosed outer) {
        size = outer.attributes().size();
        keys = Arrays.copyOf(outer.attributes().keys(), size + 12);
        values = Arrays.copyOf(outer.attributes().values(), size + 12);
        written = outer.written();
        observed = outer.observed();
        severityNumber = outer.severityNumber();
        part = outer.part();
        truncated = outer.truncated();
    }

    private Address(Address other) {
        keys = other.keys.clone();
        values = other.values.clone();
        size = other.size;
        written = other.written;
        observed = other.observed;
        severityNumber = other.severityNumber;
        part = other.part;
        truncated = other.truncated;
    }

    /** The same for one of several texts in one envelope. */
    Address copy() {
        return new Address(this);
    }

    Address put(String key, @Nullable String value) {
        if (value == null || value.isEmpty() || key.isEmpty()) {
            return this;
        }
        String kept = value.length() > LONGEST ? value.substring(0, LONGEST) : value;
        int at = indexOf(key);
        if (at >= 0) {
            values[at] = kept;
        } else if (size < MOST) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            keys[size] = key;
            values[size++] = kept;
        }
        return this;
    }

    Address putIfAbsent(String key, @Nullable String value) {
        return indexOf(key) < 0 ? put(key, value) : this;
    }

    /** Says which kind of envelope this was; of nested ones the outermost comes first. */
    Address kind(String name) {
        String outer = get(Envelopes.ENVELOPE);
        return put(Envelopes.ENVELOPE, outer == null ? name : outer + "/" + name);
    }

    Address written(@Nullable Instant time) {
        written = time == null ? written : time;
        return this;
    }

    Address observed(@Nullable Instant time) {
        observed = time == null ? observed : time;
        return this;
    }

    Address severity(int number) {
        severityNumber = number == 0 ? severityNumber : number;
        return this;
    }

    Address part(Part kind) {
        part = kind;
        return this;
    }

    Address truncated() {
        truncated = true;
        return this;
    }

    @Nullable
    Instant observed() {
        return observed;
    }

    @Nullable
    String get(String key) {
        int at = indexOf(key);
        return at < 0 ? null : values[at];
    }

    /** The text with this address on it. */
    Enclosed on(String text) {
        KubernetesPath.read(this);
        Attributes attributes = new Attributes(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
        return new Enclosed(text, source(), written, observed, severityNumber, attributes, part, truncated);
    }

    private @Nullable String source() {
        String pod = get("pod");
        String stream = get("stream");
        String source;
        if (pod != null) {
            String namespace = get("namespace");
            String container = get("container");
            source = (namespace == null ? "" : namespace + "/") + pod + (container == null ? "" : "/" + container);
        } else {
            source = nameWithoutPod();
        }
        if (source == null) {
            return stream;
        }
        return stream == null ? source : source + "/" + stream;
    }

    private @Nullable String nameWithoutPod() {
        String container = get("container");
        String name = container != null ? container : get("container.id");
        String host = get("host");
        for (String key : new String[] {"log.file.path", "process", "unit", "log.stream", "service"}) {
            name = name == null ? get(key) : name;
        }
        String place = host != null ? host : get("log.group");
        return name == null ? host : place == null ? name : place + ":" + name;
    }

    private int indexOf(String key) {
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }
}
