package io.faultline.model;

import java.util.Set;
import java.util.TreeSet;

/** The names of attributes that mean the same in all formats: those of the table in docs/KINDS.md. */
public final class AttributeNames {

    private AttributeNames() {}

    /** All names, sorted. */
    public static Set<String> all() {
        return new TreeSet<>(KindsPage.column(KindsPage.ATTRIBUTES));
    }
}
