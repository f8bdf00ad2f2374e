package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionRequest.State;
import io.faultline.model.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The actions of one cluster at one moment. A new state of one is kept, asked for, and put on record. */
final class Roster {

    private final Instant now;
    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final List<ActionRequest> requests = new ArrayList<>();
    private final List<AuditEntry> entries = new ArrayList<>();
    private final List<Obstacle.Rail> blocked = new ArrayList<>();

    Roster(Ledger before, Instant now) {
        this.now = now;
        for (Action action : before.actions()) {
            actions.put(action.id(), action);
        }
    }

    Remediator.Outcome outcome() {
        return new Remediator.Outcome(
                new Ledger(actions.values().toArray(new Action[0])),
                List.copyOf(requests),
                List.copyOf(entries),
                List.copyOf(blocked));
    }

    /** In the order of their proposal. */
    Collection<Action> actions() {
        return Collections.unmodifiableCollection(actions.values());
    }

    @Nullable
    Action find(String id) {
        return actions.get(id);
    }

    /** Keeps what is known of an action now, which tells nobody. */
    void note(Action action) {
        actions.put(action.id(), action);
    }

    /** An action gets into a new state; what is known of it then. */
    Action enter(Action action, ActionRequest next) {
        Action entered = action.with(next);
        note(entered);
        requests.add(next);
        record(
                next.id() + '/' + next.state().id(),
                next.state() == State.REFUSED ? next.approver() : AuditEntry.FAULTLINE,
                deed(next.state()),
                entered,
                next.reason());
        return entered;
    }

    /** An action gets into its last state. */
    void end(Action action, State end, String why) {
        enter(action, action.request().as(end, now, Instant.EPOCH, why));
    }

    void block(Action action, Obstacle obstacle) {
        blocked.add(obstacle.rail());
        end(action, State.BLOCKED, obstacle.words());
    }

    /** Puts something on record that changes no state. */
    void record(String id, String actor, AuditEntry.Action deed, Action action, String reason) {
        ActionRequest request = action.request();
        String detail = request.state().id() + " for incident " + request.incident() + ": " + request.steps();
        entries.add(new AuditEntry(id, now, actor, deed, request.id(), reason, detail));
    }

    private static AuditEntry.Action deed(State state) {
        return switch (state) {
            case DRY_RUN, ORDERED -> AuditEntry.Action.ACTION_REQUESTED;
            case DONE, REHEARSED -> AuditEntry.Action.ACTION_DONE;
            case VERIFIED, NOT_VERIFIED -> AuditEntry.Action.ACTION_VERIFIED;
            case REFUSED -> AuditEntry.Action.ACTION_REFUSED;
            case FAILED -> AuditEntry.Action.ACTION_FAILED;
            case AWAITING_APPROVAL, PROPOSED_ONLY, BLOCKED, EXPIRED, CANCELLED -> AuditEntry.Action.DECIDED;
        };
    }

    /** Makes room for one more: the first that may be forgotten goes, unless there is room. */
    boolean hasRoom(int most, Predicate<Action> forgettable) {
        if (actions.size() < most) {
            return true;
        }
        return actions.values().stream()
                .filter(forgettable)
                .findFirst()
                .map(action -> actions.remove(action.id()))
                .isPresent();
    }

    void forget(Predicate<Action> forgettable) {
        actions.values().removeIf(forgettable);
    }
}
