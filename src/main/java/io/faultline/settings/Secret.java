package io.faultline.settings;

import java.io.Serializable;

/**
 * A value that never prints. It is given by an environment variable or a file, never in YAML.
 *
 * @param value the value itself
 */
public record Secret(String value) implements Serializable {

    @Override
    public String toString() {
        return "***";
    }
}
