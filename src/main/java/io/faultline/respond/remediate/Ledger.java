package io.faultline.respond.remediate;

import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The actions of one cluster: those under way, and those that are over and still count.
 *
 * @param actions in the order of their proposal, no two with one id
 */
public record Ledger(Action[] actions) {

    public static final Ledger EMPTY = new Ledger(new Action[0]);

    boolean hasOpen() {
        return Arrays.stream(actions).anyMatch(action -> !action.isOver());
    }

    boolean has(String id) {
        return Arrays.stream(actions).anyMatch(action -> action.id().equals(id));
    }

    /** When something was last ordered; {@link Instant#EPOCH} where nothing was. */
    Instant latestOrder() {
        return Arrays.stream(actions)
                .map(Action::orderedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
    }

    boolean isEmpty() {
        return actions.length == 0;
    }
}
