package io.faultline.model;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The names of attributes that mean the same in all formats: those of the table in docs/KINDS.md. */
public final class AttributeNames {

    private static final Map<String, Set<String>> VALUES = KindsPage.values(KindsPage.ATTRIBUTES);

    private AttributeNames() {}

    /** All names, sorted. */
    public static Set<String> all() {
        return new TreeSet<>(KindsPage.column(KindsPage.ATTRIBUTES));
    }

    /** The names of those that events of a kind can have. */
    public static Set<String> ofKind(EventKind kind) {
        return KindsPage.column(KindsPage.ATTRIBUTES, kind.id());
    }

    /** All values that an attribute can have; empty where they are not listed. */
    public static Set<String> valuesOf(String name) {
        return VALUES.getOrDefault(name, Set.of());
    }
}
