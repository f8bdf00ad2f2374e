package io.faultline.respond.notify.channel;

/** The language of a message's own words. What rules and logs say stays as it was written. */
public enum Language {
    EN,
    ZH;

    /** {@code en}, as HTML and settings write it. */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
