package io.faultline.collect.source;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.faultline.settings.Secret;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Properties;

/**
 * Which Kafka topics to read, and how.
 *
 * @param bootstrapServers {@code host:port,…}; empty: Kafka is not read
 * @param topics names of topics
 * @param topicPattern a regular expression over topic names, instead of names
 * @param groupId the consumer group; offsets are committed to it with each checkpoint
 * @param start where reading begins when there is no checkpoint
 * @param startTimestamp for {@link Start#TIMESTAMP}
 * @param bounded whether to end at the offsets that were the latest at the start
 * @param maxDrift partitions more than this ahead of the slowest wait for it
 * @param idleness a partition silent this long holds nobody; not where topics have an end
 * @param properties further consumer properties, {@code name=value}
 * @param jaasConfig Kafka's {@code sasl.jaas.config}; empty where there is none
 */
public record KafkaSettings(
        String bootstrapServers,
        List<String> topics,
        String topicPattern,
        String groupId,
        Start start,
        Instant startTimestamp,
        boolean bounded,
        Duration maxDrift,
        Duration idleness,
        List<String> properties,
        Secret jaasConfig)
        implements Serializable {

    /** Where reading begins when there is no checkpoint. */
    public enum Start {
        EARLIEST,
        LATEST,
        /** At the group's committed offsets, at the earliest where there are none. */
        COMMITTED,
        TIMESTAMP
    }

    public KafkaSettings {
        topics = List.copyOf(topics);
        properties = List.copyOf(properties);
    }

    public static KafkaSettings defaults() {
        return of("", List.of());
    }

    /** These topics from their beginning, with defaults for the rest. */
    public static KafkaSettings of(String bootstrapServers, List<String> topics) {
        return new KafkaSettings(
                bootstrapServers,
                topics,
                "",
                "faultline",
                Start.COMMITTED,
                Instant.EPOCH,
                false,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                List.of(),
                new Secret(""));
    }

    public boolean isOn() {
        return !bootstrapServers.isEmpty();
    }

    /** As Kafka's own consumer and admin client take them. */
    public Properties asProperties() {
        Properties all = new Properties();
        for (String property : properties) {
            int equals = property.indexOf('=');
            if (equals > 0) {
                all.setProperty(
                        property.substring(0, equals).strip(),
                        property.substring(equals + 1).strip());
            }
        }
        if (!jaasConfig.value().isEmpty()) {
            all.setProperty("sasl.jaas.config", jaasConfig.value());
        }
        all.setProperty("bootstrap.servers", bootstrapServers);
        return all;
    }

    static KafkaSettings read(SettingsReader reader) {
        KafkaSettings absent = defaults();
        KafkaSettings settings = new KafkaSettings(
                reader.text("bootstrap-servers", absent.bootstrapServers),
                reader.texts("topics", absent.topics),
                reader.text("topic-pattern", absent.topicPattern),
                reader.text("group-id", absent.groupId),
                reader.choice("start", absent.start, Start.class),
                startTimestamp(reader),
                reader.flag("bounded", absent.bounded),
                reader.duration("max-drift", absent.maxDrift),
                reader.duration("idleness", absent.idleness),
                reader.texts("properties", absent.properties),
                reader.secret("jaas-config"));
        settings.check(reader);
        return settings;
    }

    private void check(SettingsReader reader) {
        if (isOn() && topics.isEmpty() == topicPattern.isEmpty()) {
            reader.problem("topics", "set either topics or topic-pattern");
        }
        if (!isOn() && (!topics.isEmpty() || !topicPattern.isEmpty())) {
            reader.problem("bootstrap-servers", "is missing");
        }
        if (start == Start.TIMESTAMP && !reader.has("start-timestamp")) {
            reader.problem("start-timestamp", "is missing, because start is timestamp");
        }
        for (String property : properties) {
            if (property.indexOf('=') <= 0) {
                reader.problem("properties", "\"" + property + "\" is not name=value");
            }
        }
        try {
            Pattern.compile(topicPattern);
        } catch (PatternSyntaxException e) {
            reader.problem("topic-pattern", "\"" + topicPattern + "\" is no regular expression: " + e.getMessage());
        }
    }

    private static Instant startTimestamp(SettingsReader reader) {
        String text = reader.text("start-timestamp", "1970-01-01T00:00:00Z");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            reader.problem("start-timestamp", "\"" + text + "\" is not a time as 2026-03-01T10:00:00Z");
            return Instant.EPOCH;
        }
    }
}
