package io.faultline.collect.enrich;

import io.faultline.settings.SettingsException;
import io.faultline.settings.SettingsReader;
import io.faultline.settings.YamlFile;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * {@code collect.enrich}.
 *
 * @param inventory what the file named by {@code inventory} says; it is read once, when the job is started
 * @param document the text of that file; empty where there is none
 * @param topic a compacted Kafka topic with pieces of the inventory, read while the job runs; empty for none
 */
public record EnrichSettings(Inventory inventory, String document, String topic) implements Serializable {

    public static EnrichSettings defaults() {
        return new EnrichSettings(Inventory.EMPTY, "", "");
    }

    public static EnrichSettings read(SettingsReader reader) {
        String file = reader.text("inventory", "");
        String topic = reader.text("inventory-topic", "");
        if (file.isEmpty()) {
            return new EnrichSettings(Inventory.EMPTY, "", topic);
        }
        try {
            String document = YamlFile.text(Path.of(file));
            return new EnrichSettings(Inventory.of(file, YamlFile.parse(file, document)), document, topic);
        } catch (SettingsException e) {
            reader.problem("inventory", e.getMessage() == null ? file : e.getMessage());
            return defaults();
        }
    }

    public boolean hasTopic() {
        return !topic.isEmpty();
    }
}
