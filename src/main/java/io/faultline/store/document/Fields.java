package io.faultline.store.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.faultline.model.Attributes;
import io.faultline.model.Change;
import io.faultline.model.Entity;
import io.faultline.model.Evidence;
import io.faultline.model.Measures;
import io.faultline.model.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of one document. Keys are flat, as {@code log.level}: Elasticsearch reads them as objects, and a line of
 * NDJSON stays easy to read. What is not known is left out.
 */
public final class Fields {

    /** The years that Elasticsearch's date format takes. */
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    /** Thread-safe, and slow to make. */
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonGenerator json;

    private Fields(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the fields between the braces. */
    interface Content {
        void write(Fields fields) throws IOException;
    }

    /** One line of JSON. */
    static byte[] object(Content content) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(1024);
                JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            content.write(new Fields(json));
            json.writeEndObject();
            json.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("a document can not be written", e);
        }
    }

    void text(String name, @Nullable String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    void texts(String name, Iterable<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    void number(String name, long value) throws IOException {
        json.writeNumberField(name, value);
    }

    /** A number; JSON has no NaN and no infinity, so that these are left out. */
    void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        }
    }

    /** A time in ISO-8601; one that no index takes is set to the nearest that it does. */
    void time(String name, Instant value) throws IOException {
        Instant fitting = value.isBefore(FIRST) ? FIRST : value.isAfter(LAST) ? LAST : value;
        json.writeStringField(name, fitting.toString());
    }

    void entity(Entity entity) throws IOException {
        text("host.name", entity.node());
        text("service.name", entity.service());
        text("ai.cluster", entity.cluster());
        text("ai.gpu", entity.gpu());
        text("ai.job", entity.job());
        text("ai.run", entity.run());
        text("ai.rank", entity.rank());
        text("ai.model", entity.model());
        text("ai.replica", entity.replica());
    }

    /** The parts of several entities, so that one search finds a node's events, alerts and incidents. */
    void entities(List<Entity> entities) throws IOException {
        for (Entity.Level level : Entity.Level.values()) {
            Set<String> values = new LinkedHashSet<>();
            for (Entity entity : entities) {
                String value = entity.get(level);
                if (value != null) {
                    values.add(value);
                }
            }
            if (!values.isEmpty()) {
                texts(name(level), values);
            }
        }
    }

    /**
     * Numbers as {@code ai.measures.loss}. A loss of NaN is news, but no number of JSON: its name goes to
     * {@code ai.not_finite}.
     */
    void measures(Measures measures) throws IOException {
        String[] names = measures.names();
        double[] values = measures.values();
        boolean allFinite = true;
        for (int i = 0; i < names.length; i++) {
            if (Double.isFinite(values[i])) {
                json.writeNumberField("ai.measures." + FieldName.of(names[i]), values[i]);
            } else {
                allFinite = false;
            }
        }
        if (allFinite) {
            return;
        }
        json.writeArrayFieldStart("ai.not_finite");
        for (int i = 0; i < names.length; i++) {
            if (!Double.isFinite(values[i])) {
                json.writeString(FieldName.of(names[i]));
            }
        }
        json.writeEndArray();
    }

    /** Free texts as {@code labels}: one field of the index, whatever keys there are. */
    void labels(Attributes attributes) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("labels");
        for (int i = 0; i < attributes.size(); i++) {
            json.writeStringField(FieldName.of(attributes.keys()[i]), attributes.values()[i]);
        }
        json.writeEndObject();
    }

    /** The lines something rests on, kept for reading, not for searching. */
    void evidence(String name, List<Evidence> evidence) throws IOException {
        json.writeArrayFieldStart(name);
        for (Evidence line : evidence) {
            json.writeStartObject();
            text("step", line.step());
            time("timestamp", line.timestamp());
            text("kind", line.kind().id());
            text("entity", line.entity().toString());
            text("text", line.text());
            text("origin", line.origin().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What each alert was in a story, kept for reading. */
    void parts(String name, List<Part> parts) throws IOException {
        json.writeArrayFieldStart(name);
        for (Part part : parts) {
            json.writeStartObject();
            text("role", part.role().name().toLowerCase(Locale.ROOT));
            text("rule", part.rule());
            text("title", part.title());
            text("entity", part.entity().toString());
            text("alert", part.alert());
            time("timestamp", part.startsAt());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What was changed before something, the nearest first. */
    void changes(String name, List<Change> changes) throws IOException {
        json.writeArrayFieldStart(name);
        for (Change change : changes) {
            json.writeStartObject();
            time("timestamp", change.timestamp());
            text("kind", change.kind().name().toLowerCase(Locale.ROOT));
            text("entity", change.entity().toString());
            text("text", change.text());
            number("seconds_before", change.secondsBefore());
            text("origin", change.origin().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    void flag(String name, boolean value) throws IOException {
        json.writeBooleanField(name, value);
    }

    private static String name(Entity.Level level) {
        return switch (level) {
            case NODE -> "host.name";
            case SERVICE -> "service.name";
            default -> "ai." + level.fieldName();
        };
    }
}
