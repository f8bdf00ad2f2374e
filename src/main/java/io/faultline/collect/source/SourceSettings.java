package io.faultline.collect.source;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;

/**
 * Where logs come from; both may be set.
 *
 * @param files files and standard input
 * @param kafka Kafka topics
 */
public record SourceSettings(FilesSettings files, KafkaSettings kafka) implements Serializable {

    public static SourceSettings defaults() {
        return new SourceSettings(FilesSettings.defaults(), KafkaSettings.defaults());
    }

    /** Reads the group {@code collect.source}. */
    public static SourceSettings read(SettingsReader reader) {
        return new SourceSettings(FilesSettings.read(reader.group("files")), KafkaSettings.read(reader.group("kafka")));
    }
}
