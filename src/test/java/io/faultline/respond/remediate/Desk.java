package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.AuditEntry;
import io.faultline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A remediator with its ledger and a clock that goes on when it is told to. */
final class Desk {

    final Remediator remediator;
    final List<ActionRequest> requests = new ArrayList<>();
    final List<AuditEntry> entries = new ArrayList<>();
    final Map<String, Approval> early = new HashMap<>();
    final ActionCounts counts = new ActionCounts();
    Ledger ledger = Ledger.EMPTY;
    Instant now = SampleActions.TEN.plusSeconds(30);

    Desk(Playbook... playbooks) {
        this(SampleActions.settings(playbooks));
    }

    Desk(RemediateSettings settings) {
        this.remediator = new Remediator(settings, NodeCounts.UNKNOWN);
    }

    Desk after(Duration pause) {
        now = now.plus(pause);
        return take(remediator.tick(ledger, SampleActions.CLUSTER, now));
    }

    Desk incident(Incident incident) {
        return take(remediator.incident(ledger, SampleActions.CLUSTER, incident, early::get, now));
    }

    Desk result(ActionResult result) {
        return take(remediator.result(ledger, SampleActions.CLUSTER, result, now));
    }

    Desk decide(boolean approved) {
        return decide(SampleActions.approval(last().id(), approved, now));
    }

    Desk decide(Approval approval) {
        return take(remediator.approval(ledger, SampleActions.CLUSTER, approval, now));
    }

    /** The latest order is carried out. */
    Desk executorSucceeds() {
        return result(SampleActions.done(last()));
    }

    ActionRequest last() {
        return requests.get(requests.size() - 1);
    }

    List<ActionRequest.State> states() {
        return requests.stream().map(ActionRequest::state).toList();
    }

    private Desk take(Remediator.Outcome outcome) {
        ledger = outcome.ledger();
        counts.take(SampleActions.CLUSTER, outcome, remediator.openBreakers(ledger, SampleActions.CLUSTER, now));
        requests.addAll(outcome.requests());
        entries.addAll(outcome.entries());
        return this;
    }
}
