package io.faultline.model;

/** How urgent an alert or an incident is; Sigma's words, in rising order. */
public enum Level {
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** {@code critical}, as rules and documents write it. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    public boolean atLeast(Level other) {
        return compareTo(other) >= 0;
    }
}
