package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionRequest.State;
import io.faultline.model.ActionStep;
import io.faultline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins the actions that playbooks ask for, once each. */
final class Proposer {

    private final RemediateSettings settings;
    private final String cluster;
    private final Instant now;
    private final GuardRails rails;
    private final Roster roster;

    Proposer(RemediateSettings settings, String cluster, Instant now, GuardRails rails, Roster roster) {
        this.settings = settings;
        this.cluster = cluster;
        this.now = now;
        this.rails = rails;
        this.roster = roster;
    }

    /** Begins an action, if the playbook is for the incident: its id, or nothing where it does not go on. */
    String propose(Playbook playbook, Incident incident) {
        List<ActionStep> steps = playbook.stepsFor(incident);
        if (steps.isEmpty()) {
            return "";
        }
        String first = ActionId.of(playbook.id(), cluster, incident.id(), steps);
        Action latest = latest(first);
        if ((latest != null && !isAskedForAgain(latest, playbook, incident)) || !hasRoom()) {
            return "";
        }
        String id = latest == null ? first : ActionId.again(first, latest.id());
        return begin(request(id, playbook, incident, steps), playbook, incident) ? id : "";
    }

    /** The one that was asked for last, of those that do the same about the same incident. */
    private @Nullable Action latest(String first) {
        Action latest = null;
        for (Action action : roster.actions()) {
            if (ActionId.isOf(first, action.id())) {
                latest = action;
            }
        }
        return latest;
    }

    /**
     * Whether what is over may be asked for once more. The incident must have come back, or a guard rail was in the way a
     * cool-down ago, or it was called off and is wanted again. What a person refused, and a rehearsal, wait for the cool-down
     * too.
     */
    private boolean isAskedForAgain(Action action, Playbook playbook, Incident incident) {
        State state = action.request().state();
        if (!action.isOver()) {
            return false;
        }
        boolean cooled = !action.request().at().plus(playbook.coolDown()).isAfter(now);
        boolean back = action.incidentOver()
                || (state == State.VERIFIED
                        && incident.endedAt().isAfter(action.request().at()));
        return switch (state) {
            case CANCELLED -> true;
            case BLOCKED -> back || cooled;
            case REFUSED, REHEARSED -> back && cooled;
            default -> back;
        };
    }

    /** What is over and no guard rail asks for any more makes room for one more. */
    private boolean hasRoom() {
        return roster.hasRoom(settings.maxActions(), action -> rails.isForgettable(action, settings.playbooks(), now));
    }

    private ActionRequest request(String id, Playbook playbook, Incident incident, List<ActionStep> steps) {
        return new ActionRequest(
                id,
                playbook.id(),
                playbook.title(),
                incident.id(),
                incident.revision(),
                cluster,
                steps,
                State.DRY_RUN,
                playbook.dryRun(),
                now,
                now.plus(settings.answerWithin()),
                "",
                incident.cause().title());
    }

    /** Whether it goes on: not where all evidence is old, nor against a guard rail. */
    private boolean begin(ActionRequest request, Playbook playbook, Incident incident) {
        Action action = new Action(request, Instant.EPOCH, incident.endedAt(), false);
        Duration age = Duration.between(incident.endedAt(), now);
        if (age.compareTo(settings.maxAge()) > 0) {
            roster.end(action, State.PROPOSED_ONLY, "the incident's latest evidence is " + Words.of(age) + " old");
            return false;
        }
        Obstacle unfit =
                playbook.dryRun() ? Obstacle.NONE : rails.againstProposing(action, playbook, roster.actions(), now);
        if (unfit.isThere()) {
            roster.block(action, unfit);
            return false;
        }
        roster.enter(action, request);
        return true;
    }
}
