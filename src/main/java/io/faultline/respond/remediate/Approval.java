package io.faultline.respond.remediate;

import io.faultline.respond.control.Command;
import java.time.Instant;

/**
 * What a person said of an action.
 *
 * @param action the action's id
 * @param approved whether it may be done
 * @param author who said so
 * @param reason why; empty where he did not say
 * @param at when, by his machine's clock
 */
public record Approval(String action, boolean approved, String author, String reason, Instant at) {

    /** What a command says that {@link Command.Kind#APPROVAL} is. */
    public static Approval of(Command command) {
        return new Approval(
                command.target(), command.word().equals("approved"), command.author(), command.reason(), command.at());
    }
}
