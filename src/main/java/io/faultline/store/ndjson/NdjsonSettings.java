package io.faultline.store.ndjson;

import io.faultline.settings.SettingsReader;
import java.io.Serializable;

/**
 * Where the files go: the group {@code store.ndjson}.
 *
 * @param directory a directory of the machine that runs the sinks; empty switches them off
 */
public record NdjsonSettings(String directory) implements Serializable {

    /** Off. */
    public static NdjsonSettings defaults() {
        return new NdjsonSettings("");
    }

    public static NdjsonSettings read(SettingsReader reader) {
        return new NdjsonSettings(reader.text("directory", defaults().directory));
    }

    public boolean isOn() {
        return !directory.isEmpty();
    }
}
