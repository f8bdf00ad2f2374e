package io.faultline.collect.parse.format;

import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An event in the making: a parser fills it part by part. Starts as {@code log.other} at INFO. */
public final class Draft {

    private static final String[] NOTHING = {};

    /** A record of more is a dump; its message keeps it whole. */
    private static final int MOST_ATTRIBUTES = 64;

    private final FormatParser parser;
    private @Nullable Instant timestamp;
    private int severityNumber = Severity.INFO.number();
    private String severityText = "";
    private String message = "";
    private EventKind kind = EventKind.LOG_OTHER;
    private Entity entity = Entity.UNKNOWN;
    private Measures.@Nullable Builder measures;
    private String[] keys = NOTHING;
    private String[] values = NOTHING;
    private int attributeCount;

    public Draft(FormatParser parser) {
        this.parser = parser;
    }

    public Draft at(@Nullable Instant time) {
        timestamp = time;
        return this;
    }

    @Nullable
    public Instant timestamp() {
        return timestamp;
    }

    public Draft severity(int number, String text) {
        severityNumber = number;
        severityText = text;
        return this;
    }

    /** Grades by content; the written word stays. */
    public Draft severity(Severity severity) {
        severityNumber = severity.number();
        return this;
    }

    public Draft atLeast(Severity severity) {
        severityNumber = Math.max(severityNumber, severity.number());
        return this;
    }

    public int severityNumber() {
        return severityNumber;
    }

    public Draft message(String text) {
        message = text;
        return this;
    }

    public String message() {
        return message;
    }

    public Draft kind(EventKind what) {
        kind = what;
        return this;
    }

    public EventKind kind() {
        return kind;
    }

    public Draft entity(Entity.Level level, @Nullable String value) {
        if (value != null) {
            entity = entity.with(level, value);
        }
        return this;
    }

    public Draft measure(String name, double value) {
        measures().put(name, value);
        return this;
    }

    public Draft measure(String name, long value) {
        measures().put(name, (double) value);
        return this;
    }

    public Measures.Builder measures() {
        Measures.Builder builder = measures;
        if (builder == null) {
            builder = Measures.builder();
            measures = builder;
        }
        return builder;
    }

    /** Keeps a text; the first value of a key stays. */
    public Draft attribute(String key, @Nullable String value) {
        if (value == null || value.isEmpty() || attributeCount == MOST_ATTRIBUTES) {
            return this;
        }
        for (int i = 0; i < attributeCount; i++) {
            if (keys[i].equals(key)) {
                return this;
            }
        }
        if (attributeCount == keys.length) {
            keys = Arrays.copyOf(keys, attributeCount + 4);
            values = Arrays.copyOf(values, attributeCount + 4);
        }
        keys[attributeCount] = key;
        values[attributeCount++] = value;
        return this;
    }

    /** Keeps a text; the last value of a key stays. */
    public Draft replace(String key, String value) {
        for (int i = 0; i < attributeCount; i++) {
            if (keys[i].equals(key)) {
                values[i] = value;
                return this;
            }
        }
        return attribute(key, value);
    }

    /** The text kept under a key, or null. */
    @Nullable
    public String attribute(String key) {
        for (int i = 0; i < attributeCount; i++) {
            if (keys[i].equals(key)) {
                return values[i];
            }
        }
        return null;
    }

    public ParseResult.Parsed parsed() {
        Measures numbers = measures == null ? Measures.NONE : measures.build();
        Attributes texts = attributeCount == 0
                ? Attributes.NONE
                : new Attributes(Arrays.copyOf(keys, attributeCount), Arrays.copyOf(values, attributeCount));
        return new ParseResult.Parsed(
                parser, timestamp, severityNumber, severityText, message, kind, entity, numbers, texts);
    }
}
