package io.faultline.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong, so that a person mends it in one go. */
public final class Problems {

    private final List<String> found = new ArrayList<>();

    /**
     * @param place the setting's path or {@code file:line}
     * @param text what is wrong and what would be right
     */
    public void add(String place, String text) {
        found.add(place + ": " + text);
    }

    /** Adds what another one found, places included. */
    public void addAll(List<String> problems) {
        found.addAll(problems);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<String> all() {
        return List.copyOf(found);
    }

    /** Throws one exception with all problems, if there are any. */
    public void throwIfAny(String where) {
        if (!found.isEmpty()) {
            throw new SettingsException(where, found);
        }
    }
}
