package io.faultline.model;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The names a measure can have: those of the table in docs/KINDS.md. */
public final class MeasureNames {

    private static final Map<String, String> NAMES = new HashMap<>();

    static {
        KindsPage.column(KindsPage.MEASURES).forEach(name -> NAMES.put(name, name));
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

    /** The names of those that events of a kind can have. */
    public static Set<String> ofKind(EventKind kind) {
        return KindsPage.column(KindsPage.MEASURES, kind.id());
    }
}
