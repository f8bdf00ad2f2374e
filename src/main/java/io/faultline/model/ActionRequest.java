package io.faultline.model;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An action at one point of its life. The latest of an id counts; those in which {@link #isOrder()} are for an executor,
 * the others tell people how it goes.
 *
 * @param id the same action has the same id in every run over the same logs; what an executor must not do twice
 * @param playbook which playbook asks for it
 * @param title one line for people
 * @param incident the incident that it is to mend
 * @param revision the incident's revision that it rests on
 * @param cluster where its targets are
 * @param steps what is done, in this order, and no further where one fails
 * @param state how far it is
 * @param rehearsal whether it ends with its dry run
 * @param at since when it is so, by the clock of the machines
 * @param expiresAt when an order is void, or the wait for an approval or a verification over; {@link Instant#EPOCH} where
 *     it waits for nothing
 * @param approver who approved or refused it; empty where nobody did
 * @param reason why it is so, in words
 */
public record ActionRequest(
        String id,
        String playbook,
        String title,
        String incident,
        int revision,
        String cluster,
        @TypeInfo(ActionStep.Several.class) List<ActionStep> steps,
        State state,
        boolean rehearsal,
        Instant at,
        Instant expiresAt,
        String approver,
        String reason) {

    public ActionRequest {
        steps = List.copyOf(steps);
    }

    /** Whether an executor has something to do now. */
    public boolean isOrder() {
        return state == State.DRY_RUN || state == State.ORDERED;
    }

    /** This action, further in its life. */
    public ActionRequest as(State next, Instant now, Instant until, String why) {
        return new ActionRequest(
                id, playbook, title, incident, revision, cluster, steps, next, rehearsal, now, until, approver, why);
    }

    public ActionRequest by(String person) {
        return new ActionRequest(
                id, playbook, title, incident, revision, cluster, steps, state, rehearsal, at, expiresAt, person,
                reason);
    }

    /** The life of an action. */
    public enum State {
        /** An executor is asked what it would do; nothing changes. */
        DRY_RUN(false),
        AWAITING_APPROVAL(false),
        /** An executor is asked to do it. */
        ORDERED(false),
        /** It was done; whether it helped is being watched. */
        DONE(false),
        /** It was done, and the condition is over. */
        VERIFIED(true),
        /** It was done, and the condition goes on. */
        NOT_VERIFIED(true),
        /** It was a rehearsal, and that is over. */
        REHEARSED(true),
        /** The incident is too old for anything to be done. */
        PROPOSED_ONLY(true),
        /** A guard rail forbids it. */
        BLOCKED(true),
        REFUSED(true),
        /** Nobody approved it in time. */
        EXPIRED(true),
        /** Its reason is gone. */
        CANCELLED(true),
        FAILED(true);

        private final boolean end;

        State(boolean end) {
            this.end = end;
        }

        /** Whether nothing follows. */
        public boolean isEnd() {
            return end;
        }

        /** {@code awaiting_approval}, as documents write it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
