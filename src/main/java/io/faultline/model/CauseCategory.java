package io.faultline.model;

/** Where a cause lies. */
public enum CauseCategory {
    DATA,
    MODEL,
    /** Hardware, network, platform. */
    ENVIRONMENT,
    CODE,
    UNKNOWN;

    /** {@code environment}, as rules and documents write it. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
