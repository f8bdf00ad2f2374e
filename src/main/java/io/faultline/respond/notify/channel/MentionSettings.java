package io.faultline.respond.notify.channel;

import io.faultline.model.Level;
import io.faultline.settings.SettingsReader;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;

/**
 * Who is mentioned in a message, so that a telephone rings. Only settings can mention anybody: what a log or a template
 * says is escaped.
 *
 * @param names in the channel's own form
 * @param from what is less urgent mentions nobody
 */
public record MentionSettings(List<String> names, Level from) implements Serializable {

    public static final MentionSettings NOBODY = new MentionSettings(List.of(), Level.HIGH);

    /** Everybody in a group. */
    public static final String ALL = "all";

    /** More would push the message out of its limit; a group is mentioned by its own name. */
    private static final int MAX_NAMES = 20;

    private static final int MAX_NAME = 64;

    public MentionSettings {
        names = List.copyOf(names);
    }

    /**
     * Reads {@code mention} and {@code mention-from}.
     *
     * @param fits whether the provider takes a name
     * @param form what it takes
     */
    public static MentionSettings read(SettingsReader reader, Predicate<String> fits, String form) {
        List<String> names = reader.texts("mention", List.of());
        names.stream()
                .filter(name -> !isWord(name) || !fits.test(name))
                .forEach(name -> reader.problem("mention", "\"" + name + "\" is not " + form));
        if (names.size() > MAX_NAMES) {
            reader.problem("mention", "names more than " + MAX_NAMES);
        }
        return new MentionSettings(names, reader.choice("mention-from", Level.HIGH, Level.class));
    }

    /** Who is mentioned for a notice. Nobody is called for an end; a test calls, for that is tried as well. */
    public List<String> in(Notice notice) {
        boolean over = notice.reason() == NotifyReason.RESOLVED || notice.reason() == NotifyReason.MERGED;
        boolean urgent = notice.reason() == NotifyReason.TEST
                || notice.incident().severity().atLeast(from);
        return urgent && !over ? names : List.of();
    }

    /** Whether a name is a telephone number in mainland China, which has eleven digits and begins with 1. */
    public static boolean isMobile(String name) {
        return name.length() == 11 && name.charAt(0) == '1' && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** No name can end a mention and begin something else. */
    private static boolean isWord(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_NAME
                && name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || "_-.@+".indexOf(c) >= 0));
    }
}
