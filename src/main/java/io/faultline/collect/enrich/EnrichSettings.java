package io.faultline.collect.enrich;

import io.faultline.settings.SettingsException;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * {@code collect.enrich}.
 *
 * @param inventory what the file named by {@code inventory} says; it is read once, when the job is started
 */
public record EnrichSettings(Inventory inventory) implements Serializable {

    public static EnrichSettings defaults() {
        return new EnrichSettings(Inventory.EMPTY);
    }

    public static EnrichSettings read(SettingsReader reader) {
        String file = reader.text("inventory", "");
        if (file.isEmpty()) {
            return defaults();
        }
        try {
            return new EnrichSettings(Inventory.read(Path.of(file)));
        } catch (SettingsException e) {
            reader.problem("inventory", e.getMessage() == null ? file : e.getMessage());
            return defaults();
        }
    }
}
