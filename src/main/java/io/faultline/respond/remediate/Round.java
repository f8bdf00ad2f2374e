package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionRequest.State;
import io.faultline.model.ActionResult;
import io.faultline.model.ActionStep;
import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import io.faultline.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The actions of one cluster at one moment, and what moves them on. */
final class Round {

    /** Of an executor's words: a drained node can have many pods. */
    private static final int MAX_REASON = 1_000;

    private final RemediateSettings settings;
    private final Map<String, Playbook> playbooks;
    private final String cluster;
    private final Instant now;
    private final GuardRails rails;
    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final List<ActionRequest> requests = new ArrayList<>();
    private final List<AuditEntry> entries = new ArrayList<>();
    private final List<Obstacle.Rail> blocked = new ArrayList<>();

    Round(
            RemediateSettings settings,
            NodeCounts fleet,
            Map<String, Playbook> playbooks,
            Ledger before,
            String cluster,
            Instant now) {
        this.settings = settings;
        this.playbooks = playbooks;
        this.cluster = cluster;
        this.now = now;
        this.rails = new GuardRails(cluster, fleet);
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

    /** How many playbooks that act could order nothing more for now, whatever happened. */
    int openBreakers() {
        return (int) playbooks.values().stream()
                .filter(playbook -> !playbook.dryRun() && rails.isOpen(playbook, actions.values(), now))
                .count();
    }

    /** Calls off what a revision no longer asks for, and notes what it says of what was done. */
    void revise(Incident incident) {
        for (Action action : List.copyOf(actions.values())) {
            boolean own = action.request().incident().equals(incident.id());
            if (own && action.isPending()) {
                String why = againstGoingOn(action, incident);
                if (why.isEmpty()) {
                    actions.put(action.id(), action.withIncidentOver(isResolved(incident)));
                } else {
                    end(action, State.CANCELLED, why);
                }
            } else if (!action.isOver() && (own || isOnTarget(incident, action))) {
                watch(action, incident, own);
            } else if (own && isResolved(incident)) {
                actions.put(action.id(), action.withIncidentOver(true));
            }
        }
    }

    private String againstGoingOn(Action action, Incident incident) {
        if (incident.state() == Incident.State.MERGED) {
            return "the incident is a part of another one now";
        }
        Playbook playbook = playbooks.get(action.request().playbook());
        if (isResolved(incident) && (playbook == null || !playbook.lasting())) {
            return "the incident is resolved";
        }
        boolean same = playbook != null
                && playbook.stepsFor(incident).equals(action.request().steps());
        return same ? "" : "revision " + incident.revision() + " of the incident no longer asks for it";
    }

    private static boolean isResolved(Incident incident) {
        return incident.state() == Incident.State.RESOLVED;
    }

    private void watch(Action action, Incident incident, boolean own) {
        Action seen = incident.state() == Incident.State.OPEN ? action.seen(incident.endedAt()) : action;
        if (own && isResolved(incident)) {
            seen = seen.withIncidentOver(true);
        }
        actions.put(seen.id(), seen);
        if (seen.incidentOver() && seen.request().state() == State.DONE) {
            end(seen, State.VERIFIED, "the incident is resolved");
        }
    }

    private static boolean isOnTarget(Incident incident, Action action) {
        for (ActionStep step : action.request().steps()) {
            String there = incident.cause().entity().get(step.kind().level());
            if (there != null && step.target().equals(step.kind().word() + ' ' + there)) {
                return true;
            }
        }
        return false;
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
        ActionRequest request = new ActionRequest(
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
        Action action = new Action(request, Instant.EPOCH, incident.endedAt(), false);
        Duration age = Duration.between(incident.endedAt(), now);
        if (age.compareTo(settings.maxAge()) > 0) {
            end(action, State.PROPOSED_ONLY, "the incident's latest evidence is " + words(age) + " old");
            return "";
        }
        Obstacle unfit =
                playbook.dryRun() ? Obstacle.NONE : rails.againstProposing(action, playbook, actions.values(), now);
        if (unfit.isThere()) {
            block(action, unfit);
            return "";
        }
        enter(action, request);
        return id;
    }

    /** The one that was asked for last, of those that do the same about the same incident. */
    private @Nullable Action latest(String first) {
        Action latest = null;
        for (Action action : actions.values()) {
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

    private void block(Action action, Obstacle obstacle) {
        blocked.add(obstacle.rail());
        end(action, State.BLOCKED, obstacle.words());
    }

    /** Makes room for one more: what is over and no guard rail asks for any more goes first. */
    private boolean hasRoom() {
        if (actions.size() < settings.maxActions()) {
            return true;
        }
        return actions.values().stream()
                .filter(action -> action.isOver() && !counts(action))
                .findFirst()
                .map(action -> actions.remove(action.id()))
                .isPresent();
    }

    void decide(Approval approval) {
        Action action = actions.get(approval.action());
        if (action == null) {
            return;
        }
        Duration age = Duration.between(approval.at(), now).abs();
        boolean late = !action.isPending() || (action.request().rehearsal() && approval.approved());
        if (late || age.compareTo(settings.approveWithin()) > 0) {
            String why = late
                    ? "has no effect: the action is " + (action.request().rehearsal() ? "a rehearsal" : state(action))
                    : "has no effect: it is " + words(age) + " old";
            audit(action.id() + "/late/" + approval.at(), approval.author(), AuditEntry.Action.DECIDED, action, why);
            return;
        }
        Action decided = action.with(action.request().by(approval.author()));
        if (!approval.approved()) {
            end(decided, State.REFUSED, reason(approval));
            return;
        }
        audit(
                action.id() + "/approved",
                approval.author(),
                AuditEntry.Action.ACTION_APPROVED,
                decided,
                approval.reason());
        actions.put(decided.id(), decided);
        if (decided.request().state() == State.AWAITING_APPROVAL) {
            order(decided, "approved by " + reason(approval));
        }
    }

    private static String reason(Approval approval) {
        return approval.author() + (approval.reason().isEmpty() ? "" : ": " + approval.reason());
    }

    void take(ActionResult result) {
        Action action = actions.get(result.action());
        if (action == null) {
            return;
        }
        State state = action.request().state();
        if (state == State.DRY_RUN && result.dryRun()) {
            rehearsed(action, result);
        } else if (state == State.ORDERED && !result.dryRun()) {
            done(action, result);
        } else if (action.isOver() && action.wasOrdered() && !result.dryRun() && state == State.FAILED) {
            audit(
                    action.id() + "/late",
                    result.executor(),
                    result.done() ? AuditEntry.Action.ACTION_DONE : AuditEntry.Action.ACTION_FAILED,
                    action,
                    "after it was given up: " + summary(result));
        }
    }

    private void rehearsed(Action action, ActionResult result) {
        Playbook playbook = playbooks.get(action.request().playbook());
        if (!result.done()) {
            end(action, State.FAILED, "the dry run failed: " + summary(result));
        } else if (action.request().rehearsal()) {
            end(action, State.REHEARSED, summary(result));
        } else if (playbook == null) {
            end(action, State.CANCELLED, "its playbook is gone");
        } else if (playbook.approval() && action.request().approver().isEmpty()) {
            enter(
                    action,
                    action.request()
                            .as(State.AWAITING_APPROVAL, now, now.plus(settings.approveWithin()), summary(result)));
        } else {
            order(action, summary(result));
        }
    }

    private void order(Action action, String why) {
        Playbook playbook = playbooks.get(action.request().playbook());
        Obstacle unfit = playbook == null
                ? new Obstacle(Obstacle.Rail.NO_PLAYBOOK, "its playbook is gone")
                : rails.againstOrdering(action, playbook, actions.values(), now);
        if (unfit.isThere()) {
            block(action, unfit);
            return;
        }
        enter(action.ordered(now), action.request().as(State.ORDERED, now, now.plus(settings.answerWithin()), why));
    }

    private void done(Action action, ActionResult result) {
        if (!result.done()) {
            end(action, State.FAILED, summary(result));
            return;
        }
        Playbook playbook = playbooks.get(action.request().playbook());
        Duration patience = playbook == null ? settings.answerWithin() : playbook.verifyWithin();
        ActionRequest done = action.request().as(State.DONE, now, now.plus(patience), summary(result));
        enter(action, done);
        if (action.incidentOver()) {
            end(action.with(done), State.VERIFIED, "the incident is resolved");
        }
    }

    /** Ends what waited too long, and forgets what nothing asks for any more. */
    void expire() {
        for (Action action : List.copyOf(actions.values())) {
            if (action.isDue(now)) {
                switch (action.request().state()) {
                    case DRY_RUN, ORDERED ->
                        end(
                                action,
                                State.FAILED,
                                "no executor answered within " + Durations.text(settings.answerWithin()));
                    case AWAITING_APPROVAL ->
                        end(
                                action,
                                State.EXPIRED,
                                "nobody approved it within " + Durations.text(settings.approveWithin()));
                    default -> verify(action);
                }
            }
        }
        actions.values()
                .removeIf(action -> action.isOver()
                        && !counts(action)
                        && !action.request().at().plus(settings.remember()).isAfter(now));
    }

    private void verify(Action action) {
        Instant doneAt = action.request().at();
        if (action.evidenceAt().isAfter(doneAt)) {
            end(
                    action,
                    State.NOT_VERIFIED,
                    "it goes on: there is evidence " + words(Duration.between(doneAt, action.evidenceAt()))
                            + " after it was done");
        } else {
            end(action, State.VERIFIED, "there is no evidence since it was done");
        }
    }

    /** Whether a cool-down or the circuit breaker may still ask for it. */
    private boolean counts(Action action) {
        return action.wasOrdered()
                && playbooks.values().stream()
                        .anyMatch(playbook -> action.orderedAt()
                                        .plus(playbook.per())
                                        .isAfter(now)
                                || action.orderedAt().plus(playbook.coolDown()).isAfter(now));
    }

    private void end(Action action, State end, String why) {
        enter(action, action.request().as(end, now, Instant.EPOCH, why));
    }

    private void enter(Action action, ActionRequest next) {
        actions.put(next.id(), action.with(next));
        requests.add(next);
        boolean person = next.state() == State.REFUSED;
        audit(
                next.id() + '/' + next.state().id(),
                person ? next.approver() : AuditEntry.FAULTLINE,
                deed(next.state()),
                actions.get(next.id()),
                next.reason());
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

    private void audit(String id, String actor, AuditEntry.Action deed, @Nullable Action action, String reason) {
        if (action != null) {
            ActionRequest request = action.request();
            String detail = state(action) + " for incident " + request.incident() + ": " + request.steps();
            entries.add(new AuditEntry(id, now, actor, deed, request.id(), reason, detail));
        }
    }

    private static String state(Action action) {
        return action.request().state().id();
    }

    /** What it says, cut: it is kept with the action. */
    private static String summary(ActionResult result) {
        String steps = result.steps().stream().map(ActionResult.Step::toString).collect(Collectors.joining("; "));
        String all = result.detail().isEmpty() ? steps : result.detail() + (steps.isEmpty() ? "" : " (" + steps + ")");
        return all.length() <= MAX_REASON ? all : all.substring(0, MAX_REASON - 1) + "…";
    }

    /** In whole seconds, or minutes from an hour on: ages are no measurements. */
    private static String words(Duration duration) {
        return Durations.text(
                duration.toHours() > 0
                        ? Duration.ofMinutes(duration.toMinutes())
                        : Duration.ofSeconds(duration.toSeconds()));
    }
}
