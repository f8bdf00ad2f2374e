package io.faultline.respond.control;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person said to the job. The last command of a key counts.
 *
 * @param kind what sort of command it is
 * @param key the record's key: {@code silence/ID}, {@code ack/INCIDENT}, {@code verdict/INCIDENT/AUTHOR}, {@code
 *     approval/ACTION}
 * @param target what it is about: a silence's id, an incident's, an action's
 * @param author who says so
 * @param reason why; empty where he did not say
 * @param at when he said it
 * @param word what he said, where that is one word: a verdict, {@code approved} or {@code refused}; else empty
 * @param document all he said, as JSON; empty where he takes it back
 */
public record Command(
        Kind kind, String key, String target, String author, String reason, Instant at, String word, String document) {

    /** The word of an acknowledgement that holds no more. */
    public static final String UNDONE = "undone";

    /** The sorts of commands. The names are the first part of their keys. */
    public enum Kind {
        SILENCE,
        ACK,
        VERDICT,
        APPROVAL;

        /** {@code silence}. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind whose name begins a record's key; empty where the record is no command. */
        static Optional<Kind> of(String key) {
            return Arrays.stream(values())
                    .filter(kind -> key.startsWith(kind.id() + "/"))
                    .findFirst();
        }
    }

    public boolean isTakenBack() {
        return document.isEmpty();
    }

    /** Whether a record of the control topic is a command of a person to this phase. */
    public static boolean isKey(String key) {
        return Kind.of(key).isPresent();
    }
}
