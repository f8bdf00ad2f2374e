package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is done about the incidents of one cluster. An action is first a dry run, which changes nothing and tells
 * the person who is to approve it what would happen; then it waits for the approval, where its playbook wants one; then it
 * is ordered, done, and watched whether it helped.
 */
final class Remediator {

    private final RemediateSettings settings;
    private final NodeCounts fleet;
    private final Map<String, Playbook> playbooks;

    /** @param known how many nodes clusters have of which the settings say nothing */
    Remediator(RemediateSettings settings, NodeCounts known) {
        this.settings = settings;
        this.fleet = settings.fleet().or(known);
        this.playbooks = settings.playbooks().stream().collect(Collectors.toMap(Playbook::id, playbook -> playbook));
    }

    /**
     * What became of it.
     *
     * @param ledger what to remember
     * @param requests the new states of actions, in their order
     * @param entries for the record
     * @param blocked the guard rails that were in the way of actions
     */
    record Outcome(
            Ledger ledger, List<ActionRequest> requests, List<AuditEntry> entries, List<Obstacle.Rail> blocked) {}

    /** How many playbooks could order nothing more for now. */
    int openBreakers(Ledger ledger, String cluster, Instant now) {
        return round(ledger, cluster, now).openBreakers();
    }

    /**
     * A revision of an incident.
     *
     * @param approvals what was said of an action before it was known here, by its id
     */
    Outcome incident(
            Ledger before,
            String cluster,
            Incident incident,
            Function<String, @Nullable Approval> approvals,
            Instant now) {
        Round round = round(before, cluster, now);
        round.revise(incident);
        if (incident.state() == Incident.State.OPEN) {
            for (Playbook playbook : settings.playbooks()) {
                String id = round.propose(playbook, incident);
                Approval early = id.isEmpty() ? null : approvals.apply(id);
                if (early != null) {
                    round.decide(early);
                }
            }
        }
        return round.outcome();
    }

    /** What a person said of an action; nothing where it is not one of these. */
    Outcome approval(Ledger before, String cluster, Approval approval, Instant now) {
        Round round = round(before, cluster, now);
        round.decide(approval);
        return round.outcome();
    }

    /** What an executor says. */
    Outcome result(Ledger before, String cluster, ActionResult result, Instant now) {
        Round round = round(before, cluster, now);
        round.take(result);
        return round.outcome();
    }

    /** What is due by now. */
    Outcome tick(Ledger before, String cluster, Instant now) {
        Round round = round(before, cluster, now);
        round.expire();
        return round.outcome();
    }

    private Round round(Ledger before, String cluster, Instant now) {
        return new Round(settings, fleet, playbooks, before, cluster, now);
    }
}
