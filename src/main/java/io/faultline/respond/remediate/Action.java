package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import java.time.Instant;

/**
 * What is remembered of an action, some hundred bytes.
 *
 * @param request its latest state
 * @param orderedAt when it was ordered; {@link Instant#EPOCH} where it never was
 * @param evidenceAt the latest evidence of its incident, and of others on its targets
 * @param incidentOver whether its incident is resolved
 */
public record Action(ActionRequest request, Instant orderedAt, Instant evidenceAt, boolean incidentOver) {

    String id() {
        return request.id();
    }

    boolean isOver() {
        return request.state().isEnd();
    }

    /** Whether it is still only words, so that it can be called off. */
    boolean isPending() {
        return request.state() == ActionRequest.State.DRY_RUN
                || request.state() == ActionRequest.State.AWAITING_APPROVAL;
    }

    boolean wasOrdered() {
        return orderedAt.isAfter(Instant.EPOCH);
    }

    /** Whether it keeps its targets for itself: a rehearsal does not, it must not be in the way of what is meant. */
    boolean holdsItsTargets() {
        return !isOver() && !request.rehearsal();
    }

    boolean isDue(Instant now) {
        return !isOver() && !request.expiresAt().isAfter(now);
    }

    Action with(ActionRequest next) {
        return new Action(next, orderedAt, evidenceAt, incidentOver);
    }

    /** That the incident was over before says nothing of whether it helps. */
    Action ordered(Instant now) {
        return new Action(request, now, evidenceAt, false);
    }

    Action seen(Instant evidence) {
        return evidence.isAfter(evidenceAt) ? new Action(request, orderedAt, evidence, incidentOver) : this;
    }

    Action withIncidentOver(boolean over) {
        return new Action(request, orderedAt, evidenceAt, over);
    }
}
