package io.faultline.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names a measure can have: those of the table in docs/KINDS.md, which the build packs beside the classes. */
public final class MeasureNames {

    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        for (String line : page().split("\n", -1)) {
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `") && cells.length >= 4) {
                String[] parts = cells[2].split("`", -1);
                for (int i = 1; i < parts.length; i += 2) {
                    NAMES.put(parts[i], parts[i]);
                }
            }
        }
    }

    private MeasureNames() {}

    public static boolean contains(String name) {
        return NAMES.containsKey(name);
    }

    /** The one instance of a name, which outlives the text that it was read from; null where it names no measure. */
    public static @Nullable String of(String name) {
        return NAMES.get(name);
    }

    /** All names, sorted. */
    public static Set<String> all() {
        return new TreeSet<>(NAMES.keySet());
    }

    private static String page() {
        try (InputStream page = MeasureNames.class.getResourceAsStream("/KINDS.md")) {
            if (page == null) {
                throw new IllegalStateException("KINDS.md is not on the class path; the build copies it from docs/");
            }
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
