package io.faultline.respond.remediate;

import io.faultline.model.ActionStep;
import io.faultline.model.Incident;
import org.jspecify.annotations.Nullable;

/** What a revision of an incident says of the actions about it, and of those on the same target. */
record Revision(Incident incident) {

    boolean isAbout(Action action) {
        return action.request().incident().equals(incident.id());
    }

    boolean isResolved() {
        return incident.state() == Incident.State.RESOLVED;
    }

    /** Whether the incident's cause is one of the action's targets. */
    boolean isOnTarget(Action action) {
        for (ActionStep step : action.request().steps()) {
            String there = incident.cause().entity().get(step.kind().level());
            if (there != null && step.target().equals(step.kind().word() + ' ' + there)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Why an action about it is called off that is not ordered yet; empty where it goes on.
     *
     * @param playbook null where it is gone
     */
    String against(Action action, @Nullable Playbook playbook) {
        if (incident.state() == Incident.State.MERGED) {
            return "the incident is a part of another one now";
        }
        if (isResolved() && (playbook == null || !playbook.lasting())) {
            return "the incident is resolved";
        }
        boolean same = playbook != null
                && playbook.stepsFor(incident).equals(action.request().steps());
        return same ? "" : "revision " + incident.revision() + " of the incident no longer asks for it";
    }

    /** An action with what it says of whether that helped. */
    Action seenBy(Action action) {
        Action seen = incident.state() == Incident.State.OPEN ? action.seen(incident.endedAt()) : action;
        return isAbout(action) && isResolved() ? seen.withIncidentOver(true) : seen;
    }
}
