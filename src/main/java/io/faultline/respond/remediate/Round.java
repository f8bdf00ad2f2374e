package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest.State;
import io.faultline.model.ActionResult;
import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import io.faultline.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What moves the actions of one cluster on at one moment. */
final class Round {

    private final RemediateSettings settings;
    private final Map<String, Playbook> playbooks;
    private final Instant now;
    private final GuardRails rails;
    private final Roster roster;
    private final Proposer proposer;

    Round(
            RemediateSettings settings,
            NodeCounts fleet,
            Map<String, Playbook> playbooks,
            Ledger before,
            String cluster,
            Instant now) {
        this.settings = settings;
        this.playbooks = playbooks;
        this.now = now;
        this.rails = new GuardRails(cluster, fleet);
        this.roster = new Roster(before, now);
        this.proposer = new Proposer(settings, cluster, now, rails, roster);
    }

    Remediator.Outcome outcome() {
        return roster.outcome();
    }

    /** How many playbooks that act could order nothing more for now, whatever happened. */
    int openBreakers() {
        return (int) playbooks.values().stream()
                .filter(playbook -> !playbook.dryRun() && rails.isOpen(playbook, roster.actions(), now))
                .count();
    }

    /** Begins an action, if the playbook is for the incident: its id, or nothing where it does not go on. */
    String propose(Playbook playbook, Incident incident) {
        return proposer.propose(playbook, incident);
    }

    /** Calls off what a revision no longer asks for, and notes what it says of what was done. */
    void revise(Incident incident) {
        Revision revision = new Revision(incident);
        for (Action action : List.copyOf(roster.actions())) {
            boolean own = revision.isAbout(action);
            if (own && action.isPending()) {
                reconsider(action, revision);
            } else if (!action.isOver() && (own || revision.isOnTarget(action))) {
                Action seen = revision.seenBy(action);
                roster.note(seen);
                verifyIfOver(seen);
            } else if (own && revision.isResolved()) {
                roster.note(action.withIncidentOver(true));
            }
        }
    }

    private void reconsider(Action action, Revision revision) {
        String why = revision.against(action, playbook(action));
        if (why.isEmpty()) {
            roster.note(action.withIncidentOver(revision.isResolved()));
        } else {
            roster.end(action, State.CANCELLED, why);
        }
    }

    private void verifyIfOver(Action action) {
        if (action.incidentOver() && action.request().state() == State.DONE) {
            roster.end(action, State.VERIFIED, "the incident is resolved");
        }
    }

    /** A person approves or refuses an action. */
    void decide(Approval approval) {
        Action action = roster.find(approval.action());
        if (action == null) {
            return;
        }
        String late = late(approval, action);
        if (!late.isEmpty()) {
            roster.record(
                    action.id() + "/late/" + approval.at(),
                    approval.author(),
                    AuditEntry.Action.DECIDED,
                    action,
                    "has no effect: " + late);
            return;
        }
        Action decided = action.with(action.request().by(approval.author()));
        if (approval.approved()) {
            approve(decided, approval);
        } else {
            roster.end(decided, State.REFUSED, Words.of(approval));
        }
    }

    /** Why a decision comes too late to have an effect; empty where it does not. */
    private String late(Approval approval, Action action) {
        boolean rehearsal = action.request().rehearsal();
        if (!action.isPending() || (rehearsal && approval.approved())) {
            return "the action is "
                    + (rehearsal ? "a rehearsal" : action.request().state().id());
        }
        Duration age = Duration.between(approval.at(), now).abs();
        return age.compareTo(settings.approveWithin()) > 0 ? "it is " + Words.of(age) + " old" : "";
    }

    private void approve(Action decided, Approval approval) {
        roster.record(
                decided.id() + "/approved",
                approval.author(),
                AuditEntry.Action.ACTION_APPROVED,
                decided,
                approval.reason());
        roster.note(decided);
        if (decided.request().state() == State.AWAITING_APPROVAL) {
            order(decided, "approved by " + Words.of(approval));
        }
    }

    /** An executor answers. */
    void take(ActionResult result) {
        Action action = roster.find(result.action());
        if (action == null) {
            return;
        }
        State state = action.request().state();
        if (state == State.DRY_RUN && result.dryRun()) {
            rehearsed(action, result);
        } else if (state == State.ORDERED && !result.dryRun()) {
            done(action, result);
        } else if (state == State.FAILED && action.wasOrdered() && !result.dryRun()) {
            roster.record(
                    action.id() + "/late",
                    result.executor(),
                    result.done() ? AuditEntry.Action.ACTION_DONE : AuditEntry.Action.ACTION_FAILED,
                    action,
                    "after it was given up: " + Words.of(result));
        }
    }

    private void rehearsed(Action action, ActionResult result) {
        Playbook playbook = playbook(action);
        if (!result.done()) {
            roster.end(action, State.FAILED, "the dry run failed: " + Words.of(result));
        } else if (action.request().rehearsal()) {
            roster.end(action, State.REHEARSED, Words.of(result));
        } else if (playbook == null) {
            roster.end(action, State.CANCELLED, "its playbook is gone");
        } else if (playbook.approval() && action.request().approver().isEmpty()) {
            enter(action, State.AWAITING_APPROVAL, settings.approveWithin(), Words.of(result));
        } else {
            order(action, Words.of(result));
        }
    }

    private void order(Action action, String why) {
        Playbook playbook = playbook(action);
        Obstacle unfit = playbook == null
                ? new Obstacle(Obstacle.Rail.NO_PLAYBOOK, "its playbook is gone")
                : rails.againstOrdering(action, playbook, roster.actions(), now);
        if (unfit.isThere()) {
            roster.block(action, unfit);
        } else {
            enter(action.ordered(now), State.ORDERED, settings.answerWithin(), why);
        }
    }

    private void done(Action action, ActionResult result) {
        if (!result.done()) {
            roster.end(action, State.FAILED, Words.of(result));
            return;
        }
        Playbook playbook = playbook(action);
        Duration patience = playbook == null ? settings.answerWithin() : playbook.verifyWithin();
        verifyIfOver(enter(action, State.DONE, patience, Words.of(result)));
    }

    /** Ends what waited too long, and forgets what nothing asks for any more. */
    void expire() {
        for (Action action : List.copyOf(roster.actions())) {
            if (action.isDue(now)) {
                expire(action);
            }
        }
        roster.forget(action -> rails.isForgettable(action, settings.playbooks(), now)
                && !action.request().at().plus(settings.remember()).isAfter(now));
    }

    private void expire(Action action) {
        switch (action.request().state()) {
            case DRY_RUN, ORDERED ->
                roster.end(
                        action, State.FAILED, "no executor answered within " + Durations.text(settings.answerWithin()));
            case AWAITING_APPROVAL ->
                roster.end(
                        action, State.EXPIRED, "nobody approved it within " + Durations.text(settings.approveWithin()));
            default -> verify(action);
        }
    }

    private void verify(Action action) {
        Instant doneAt = action.request().at();
        if (action.evidenceAt().isAfter(doneAt)) {
            Duration on = Duration.between(doneAt, action.evidenceAt());
            roster.end(
                    action, State.NOT_VERIFIED, "it goes on: there is evidence " + Words.of(on) + " after it was done");
        } else {
            roster.end(action, State.VERIFIED, "there is no evidence since it was done");
        }
    }

    private Action enter(Action action, State next, Duration patience, String why) {
        return roster.enter(action, action.request().as(next, now, now.plus(patience), why));
    }

    private @Nullable Playbook playbook(Action action) {
        return playbooks.get(action.request().playbook());
    }
}
