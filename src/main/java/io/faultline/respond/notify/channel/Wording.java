package io.faultline.respond.notify.channel;

/**
 * How messages are worded.
 *
 * @param language the language of their own words
 * @param links where a reader can go on
 */
public record Wording(Language language, LinkSettings links) {

    /** Without links. */
    public static Wording in(Language language) {
        return new Wording(language, LinkSettings.defaults());
    }
}
