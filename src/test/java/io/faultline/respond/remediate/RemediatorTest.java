package io.faultline.respond.remediate;

import static io.faultline.model.ActionRequest.State.AWAITING_APPROVAL;
import static io.faultline.model.ActionRequest.State.BLOCKED;
import static io.faultline.model.ActionRequest.State.CANCELLED;
import static io.faultline.model.ActionRequest.State.DONE;
import static io.faultline.model.ActionRequest.State.DRY_RUN;
import static io.faultline.model.ActionRequest.State.EXPIRED;
import static io.faultline.model.ActionRequest.State.FAILED;
import static io.faultline.model.ActionRequest.State.NOT_VERIFIED;
import static io.faultline.model.ActionRequest.State.ORDERED;
import static io.faultline.model.ActionRequest.State.PROPOSED_ONLY;
import static io.faultline.model.ActionRequest.State.REFUSED;
import static io.faultline.model.ActionRequest.State.REHEARSED;
import static io.faultline.model.ActionRequest.State.VERIFIED;
import static io.faultline.respond.remediate.SampleActions.TEN;
import static io.faultline.respond.remediate.SampleActions.incident;
import static io.faultline.respond.remediate.SampleActions.lostGpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.ActionRequest;
import io.faultline.model.AuditEntry;
import io.faultline.model.Cause;
import io.faultline.model.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RemediatorTest {

    @Test
    void rehearsesAsksOrdersAndWatches() {
        Desk desk = new Desk(lostGpu());

        desk.incident(incident("i1", "gpu-a1")).executorSucceeds();
        desk.after(Duration.ofMinutes(5)).decide(true).executorSucceeds();
        desk.incident(incident("i1", 2, "gpu-a1", Incident.State.RESOLVED, TEN));

        assertThat(desk.states()).containsExactly(DRY_RUN, AWAITING_APPROVAL, ORDERED, DONE, VERIFIED);
        assertThat(desk.requests)
                .extracting(ActionRequest::id)
                .containsOnly(desk.last().id());
        assertThat(desk.last().steps()).hasToString("[cordon-node gpu-a1, drain-node gpu-a1]");
        assertThat(desk.requests.get(1).reason())
                .isEqualTo("cordon-node gpu-a1: schedulable -> cordoned; drain-node gpu-a1: 3 pods -> cordoned");
        assertThat(desk.last().approver()).isEqualTo("ann");
        assertThat(desk.entries)
                .extracting(AuditEntry::action)
                .containsExactly(
                        AuditEntry.Action.ACTION_REQUESTED,
                        AuditEntry.Action.DECIDED,
                        AuditEntry.Action.ACTION_APPROVED,
                        AuditEntry.Action.ACTION_REQUESTED,
                        AuditEntry.Action.ACTION_DONE,
                        AuditEntry.Action.ACTION_VERIFIED);
        assertThat(desk.entries).extracting(AuditEntry::id).doesNotHaveDuplicates();
    }

    @Test
    void asksNobodyWhereThePlaybookWantsNoApproval() {
        Desk desk = new Desk(lostGpu("approval: none"));

        desk.incident(incident("i1", "gpu-a1")).executorSucceeds();

        assertThat(desk.states()).containsExactly(DRY_RUN, ORDERED);
    }

    @Test
    void endsARehearsalWithItsDryRun() {
        Desk desk = new Desk(lostGpu("dry-run: true"));

        desk.incident(incident("i1", "gpu-a1")).decide(true).executorSucceeds();

        assertThat(desk.states()).containsExactly(DRY_RUN, REHEARSED);
        assertThat(desk.entries)
                .anySatisfy(entry -> assertThat(entry.reason()).isEqualTo("has no effect: the action is a rehearsal"));
    }

    @Test
    void doesNothingWithoutTheVerdictThatThePlaybookNames() {
        Desk asksNobody = new Desk(lostGpu("approval: none"));
        Desk asks = new Desk(lostGpu());
        Incident likely = incident("i1", 1, "gpu-a1", Incident.State.OPEN, TEN, Cause.Verdict.LIKELY);

        asksNobody.incident(likely);
        asks.incident(likely).executorSucceeds();

        assertThat(asksNobody.requests).isEmpty();
        assertThat(asks.states()).containsExactly(DRY_RUN, AWAITING_APPROVAL);
    }

    @Test
    void asksOnceMoreWhereTheIncidentCameBackAndTheTargetHasCooledDown() {
        Desk desk = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        desk.decide(true).executorSucceeds().incident(resolved("i1", 2, TEN));
        String first = desk.last().id();

        desk.after(Duration.ofHours(1)).incident(open("i1", 3, desk.now));
        ActionRequest soon = desk.last();
        desk.after(Duration.ofHours(4)).incident(open("i1", 4, desk.now));
        int meanwhile = desk.requests.size();
        desk.incident(resolved("i1", 5, desk.now)).after(Duration.ofHours(2));
        desk.incident(open("i1", 6, desk.now)).executorSucceeds();

        assertThat(soon.state()).isEqualTo(BLOCKED);
        assertThat(soon.id()).isEqualTo(first + "-2");
        assertThat(soon.reason()).isEqualTo(first + " did the same 1h ago; the playbook's cool-down is 6h");
        assertThat(meanwhile).isEqualTo(6);
        assertThat(desk.states()).hasSize(8).endsWith(DRY_RUN, AWAITING_APPROVAL);
        assertThat(desk.last().id()).isEqualTo(first + "-3");
        assertThat(desk.last().approver()).isEmpty();
    }

    @Test
    void asksOnceMoreAtOnceForWhatNobodyDid() {
        Desk expired = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        Desk cancelled = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        Desk unanswered = new Desk(lostGpu()).incident(incident("i1", "gpu-a1"));
        Desk changed = new Desk(lostGpu()).incident(incident("i1", "gpu-a1"));

        expired.after(Duration.ofMinutes(61)).incident(resolved("i1", 2, TEN));
        expired.incident(open("i1", 3, expired.now));
        cancelled.incident(resolved("i1", 2, TEN)).incident(open("i1", 3, cancelled.now));
        unanswered.after(Duration.ofMinutes(16)).incident(resolved("i1", 2, TEN));
        unanswered.incident(open("i1", 3, unanswered.now));
        changed.incident(incident("i1", 2, "gpu-a1", Incident.State.OPEN, TEN, Cause.Verdict.UNKNOWN));
        changed.incident(open("i1", 3, changed.now));

        assertThat(expired.states()).endsWith(AWAITING_APPROVAL, EXPIRED, DRY_RUN);
        assertThat(cancelled.states()).endsWith(AWAITING_APPROVAL, CANCELLED, DRY_RUN);
        assertThat(unanswered.states()).containsExactly(DRY_RUN, FAILED, DRY_RUN);
        assertThat(changed.states()).containsExactly(DRY_RUN, CANCELLED, DRY_RUN);
        assertThat(List.of(expired, cancelled, unanswered, changed))
                .allSatisfy(desk -> assertThat(desk.last().id()).endsWith("-2"));
    }

    @Test
    void waitsOnForAnApprovalWhereTheFaultLastsThoughItsIncidentIsQuiet() {
        Desk desk = new Desk(lostGpu("dry-run: false\nlasting: true"));
        desk.incident(incident("i1", "gpu-a1")).executorSucceeds();

        desk.after(Duration.ofMinutes(11)).incident(resolved("i1", 2, TEN));
        desk.after(Duration.ofMinutes(20)).decide(true).executorSucceeds();
        List<ActionRequest.State> done = desk.states();
        desk.after(Duration.ofMinutes(31));

        assertThat(done).containsExactly(DRY_RUN, AWAITING_APPROVAL, ORDERED, DONE);
        assertThat(desk.last().state()).isEqualTo(VERIFIED);
        assertThat(desk.last().reason()).isEqualTo("there is no evidence since it was done");
    }

    @Test
    void asksOnceMoreForALastingFaultThatNobodyApprovedAndThatComesBack() {
        Desk desk = new Desk(lostGpu("dry-run: false\nlasting: true"));
        desk.incident(incident("i1", "gpu-a1")).executorSucceeds();

        desk.incident(resolved("i1", 2, TEN)).after(Duration.ofMinutes(61));
        desk.incident(open("i1", 3, desk.now));

        assertThat(desk.states()).containsExactly(DRY_RUN, AWAITING_APPROVAL, EXPIRED, DRY_RUN);
    }

    @Test
    void asksNobodyTwiceWhileTheIncidentGoesOn() {
        Desk expired = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        Desk failed = new Desk(lostGpu()).incident(incident("i1", "gpu-a1"));

        expired.after(Duration.ofMinutes(61)).incident(open("i1", 2, expired.now));
        failed.result(SampleActions.failed(failed.last(), "no such node")).incident(open("i1", 2, failed.now));

        assertThat(expired.states()).endsWith(EXPIRED);
        assertThat(failed.states()).endsWith(FAILED);
    }

    @Test
    void doesNotAskAgainSoonForWhatWasRefusedOrRehearsed() {
        Desk refused = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        Desk rehearsed = new Desk(lostGpu("dry-run: true")).incident(incident("i1", "gpu-a1"));
        refused.decide(false).incident(resolved("i1", 2, TEN));
        rehearsed.executorSucceeds().incident(resolved("i1", 2, TEN));

        for (Desk desk : List.of(refused, rehearsed)) {
            desk.after(Duration.ofHours(1)).incident(open("i1", 3, desk.now));
            assertThat(desk.last().state()).isIn(REFUSED, REHEARSED);

            desk.after(Duration.ofHours(5)).incident(open("i1", 4, desk.now));
            assertThat(desk.last().state()).isEqualTo(DRY_RUN);
        }
    }

    @Test
    void asksOnceMoreForWhatIsVerifiedAndHasNewEvidence() {
        Desk desk = new Desk(lostGpu("approval: none", "cool-down: 20m")).incident(incident("i1", "gpu-a1"));
        desk.executorSucceeds().executorSucceeds().after(Duration.ofMinutes(31));
        assertThat(desk.last().state()).isEqualTo(VERIFIED);

        desk.incident(incident("i1", "gpu-a1"));
        int untilThen = desk.requests.size();
        desk.after(Duration.ofMinutes(1)).incident(open("i1", 2, desk.now));

        assertThat(untilThen).isEqualTo(4);
        assertThat(desk.last().state()).isEqualTo(DRY_RUN);
    }

    @Test
    void triesAgainWhatAGuardRailStoppedACoolDownAgo() {
        Desk desk = new Desk(lostGpu("cool-down: 30m", "max-share: 0.05", "approval: none"));
        desk.incident(incident("i1", "gpu-a1")).executorSucceeds();
        desk.incident(incident("i2", "gpu-a2")).executorSucceeds();
        ActionRequest stopped = desk.last();

        desk.after(Duration.ofMinutes(29)).incident(incident("i2", 2, "gpu-a2", Incident.State.OPEN, desk.now));
        ActionRequest early = desk.last();
        desk.after(Duration.ofMinutes(31)).incident(incident("i2", 3, "gpu-a2", Incident.State.OPEN, desk.now));
        desk.executorSucceeds();

        assertThat(stopped.state()).isEqualTo(BLOCKED);
        assertThat(early.state()).isIn(BLOCKED, FAILED);
        assertThat(desk.last().state()).isEqualTo(ORDERED);
        assertThat(desk.last().id()).isEqualTo(stopped.id() + "-2");
    }

    private static Incident open(String id, int revision, Instant endedAt) {
        return incident(id, revision, "gpu-a1", Incident.State.OPEN, endedAt);
    }

    private static Incident resolved(String id, int revision, Instant endedAt) {
        return incident(id, revision, "gpu-a1", Incident.State.RESOLVED, endedAt);
    }

    @Test
    void onlyProposesForAnOldIncident() {
        Desk desk = new Desk(lostGpu("approval: none"));
        desk.now = TEN.plus(Duration.ofDays(3));

        desk.incident(incident("i1", "gpu-a1"));

        assertThat(desk.states()).containsExactly(PROPOSED_ONLY);
        assertThat(desk.last().reason()).isEqualTo("the incident's latest evidence is 3d old");
    }

    @Test
    void callsOffWhatIsNotYetOrderedWhenTheIncidentIsOver() {
        Desk resolved = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        Desk merged = new Desk(lostGpu()).incident(incident("i1", "gpu-a1"));
        Desk changed = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();

        resolved.incident(incident("i1", 2, "gpu-a1", Incident.State.RESOLVED, TEN))
                .decide(true);
        merged.incident(incident("i1", 2, "gpu-a1", Incident.State.MERGED, TEN));
        changed.incident(incident("i1", 2, "gpu-a2", Incident.State.OPEN, TEN));

        assertThat(resolved.states()).containsExactly(DRY_RUN, AWAITING_APPROVAL, CANCELLED);
        assertThat(merged.states()).containsExactly(DRY_RUN, CANCELLED);
        assertThat(changed.states()).containsExactly(DRY_RUN, AWAITING_APPROVAL, CANCELLED, DRY_RUN);
        assertThat(changed.requests.get(2).reason()).isEqualTo("revision 2 of the incident no longer asks for it");
        assertThat(changed.last().steps()).hasToString("[cordon-node gpu-a2, drain-node gpu-a2]");
    }

    @Test
    void neverProposesForAMergedIncident() {
        Desk desk = new Desk(lostGpu());

        desk.incident(incident("i1", 1, "gpu-a1", Incident.State.MERGED, TEN));

        assertThat(desk.requests).isEmpty();
    }

    @Test
    void refusesExpiresAndFails() {
        Desk refused = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        Desk expired = new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).executorSucceeds();
        Desk unanswered = new Desk(lostGpu()).incident(incident("i1", "gpu-a1"));
        Desk failed = new Desk(lostGpu("approval: none"))
                .incident(incident("i1", "gpu-a1"))
                .executorSucceeds();

        refused.decide(false);
        expired.after(Duration.ofMinutes(61));
        unanswered.after(Duration.ofMinutes(16));
        failed.result(SampleActions.failed(failed.last(), "no such node"));

        assertThat(refused.states()).endsWith(REFUSED);
        assertThat(refused.last().reason()).isEqualTo("ann: seen it");
        assertThat(expired.states()).endsWith(EXPIRED);
        assertThat(unanswered.states()).containsExactly(DRY_RUN, FAILED);
        assertThat(unanswered.last().reason()).isEqualTo("no executor answered within 15m");
        assertThat(failed.states()).endsWith(ORDERED, FAILED);
        assertThat(failed.last().reason()).startsWith("no such node (cordon-node gpu-a1: schedulable");
    }

    @Test
    void saysThatItDidNotHelpWhereEvidenceGoesOn() {
        Desk goesOn = new Desk(lostGpu("approval: none")).incident(incident("i1", "gpu-a1"));
        goesOn.executorSucceeds().executorSucceeds();
        Desk quiet = new Desk(lostGpu("approval: none")).incident(incident("i1", "gpu-a1"));
        quiet.executorSucceeds().executorSucceeds();

        // another incident, on the node that was drained
        goesOn.incident(incident("i2", 1, "gpu-a1", Incident.State.OPEN, TEN.plus(Duration.ofMinutes(10))));
        goesOn.after(Duration.ofMinutes(31));
        quiet.after(Duration.ofMinutes(31));

        assertThat(goesOn.states()).endsWith(NOT_VERIFIED);
        assertThat(goesOn.last().reason()).isEqualTo("it goes on: there is evidence 570s after it was done");
        assertThat(quiet.states()).endsWith(VERIFIED);
    }

    @Test
    void doesOneThingAtATimeToATarget() {
        Desk desk = new Desk(lostGpu("approval: none"));

        desk.incident(incident("i1", "gpu-a1"))
                .incident(incident("i2", "gpu-a1"))
                .incident(incident("i3", "gpu-a2"));

        assertThat(desk.states()).containsExactly(DRY_RUN, BLOCKED, DRY_RUN);
        assertThat(desk.requests.get(1).reason())
                .isEqualTo(desk.requests.get(0).id() + " is under way on the same target");
    }

    @Test
    void isNotInTheWayOfAPlaybookThatActsWhileItRehearses() {
        Playbook rehearsed = lostGpu("dry-run: true");
        Playbook meant = new Playbook(
                "other",
                "another",
                rehearsed.when(),
                rehearsed.steps(),
                false,
                false,
                false,
                Duration.ZERO,
                0.1,
                Duration.ofHours(1),
                Duration.ofHours(1));
        Desk desk = new Desk(rehearsed, meant);

        desk.incident(incident("i1", "gpu-a1"));

        assertThat(desk.states()).containsExactly(DRY_RUN, DRY_RUN);
    }

    @Test
    void coolsDownBeforeItTouchesATargetAgain() {
        Desk desk = new Desk(lostGpu("approval: none")).incident(incident("i1", "gpu-a1"));
        desk.executorSucceeds().executorSucceeds();
        desk.incident(incident("i1", 2, "gpu-a1", Incident.State.RESOLVED, TEN));

        desk.after(Duration.ofHours(2));
        desk.incident(incident("i2", 1, "gpu-a1", Incident.State.OPEN, desk.now));
        ActionRequest soon = desk.last();
        desk.after(Duration.ofHours(5));
        desk.incident(incident("i3", 1, "gpu-a1", Incident.State.OPEN, desk.now));

        assertThat(soon.state()).isEqualTo(BLOCKED);
        assertThat(soon.reason()).contains("did the same 2h ago; the playbook's cool-down is 6h");
        assertThat(desk.last().state()).isEqualTo(DRY_RUN);
    }

    @Test
    void opensTheCircuitBreakerAtTheShareOfTheFleet() {
        Desk desk = new Desk(lostGpu("approval: none"));

        for (int node = 1; node <= 3; node++) {
            desk.incident(incident("i" + node, "gpu-a" + node)).executorSucceeds();
        }
        ActionRequest third = desk.last();
        desk.after(Duration.ofHours(2));
        desk.incident(incident("i4", 1, "gpu-a4", Incident.State.OPEN, desk.now))
                .executorSucceeds();

        assertThat(third.state()).isEqualTo(BLOCKED);
        assertThat(third.reason())
                .isEqualTo(
                        "the circuit breaker is open: 3 targets in 1h are more than 2, the share of 0.1 of 20 nodes");
        assertThat(desk.last().state()).isEqualTo(ORDERED);
    }

    @Test
    void doesNothingWhereTheFleetIsUnknown() {
        RemediateSettings known = SampleActions.settings(lostGpu("approval: none"));
        RemediateSettings unknown = new RemediateSettings(
                "",
                "actions",
                "results",
                known.playbooks(),
                new NodeCounts(Map.of("another", 100)),
                known.maxAge(),
                known.approveWithin(),
                known.answerWithin(),
                known.remember(),
                known.maxActions());

        Desk desk = new Desk(unknown).incident(incident("i1", "gpu-a1")).executorSucceeds();

        assertThat(desk.states()).containsExactly(DRY_RUN, BLOCKED);
        assertThat(desk.last().reason()).startsWith("how many nodes the cluster has is not known");
    }

    @Test
    void takesAnApprovalThatWasReadBeforeTheIncidentAndNoneThatIsOld() {
        String id =
                new Desk(lostGpu()).incident(incident("i1", "gpu-a1")).last().id();
        Desk early = new Desk(lostGpu());
        Desk old = new Desk(lostGpu());
        early.early.put(id, SampleActions.approval(id, true, early.now.minusSeconds(60)));
        old.early.put(id, SampleActions.approval(id, true, old.now.minus(Duration.ofHours(2))));

        early.incident(incident("i1", "gpu-a1")).executorSucceeds();
        old.incident(incident("i1", "gpu-a1")).executorSucceeds();

        assertThat(early.states()).containsExactly(DRY_RUN, ORDERED);
        assertThat(old.states()).containsExactly(DRY_RUN, AWAITING_APPROVAL);
        assertThat(old.entries).extracting(AuditEntry::reason).contains("has no effect: it is 2h old");
    }

    @Test
    void tellsWhatComesAfterAnActionWasGivenUp() {
        Desk desk = new Desk(lostGpu("approval: none"))
                .incident(incident("i1", "gpu-a1"))
                .executorSucceeds();
        ActionRequest order = desk.last();

        desk.after(Duration.ofMinutes(16)).result(SampleActions.done(order));

        assertThat(desk.states()).containsExactly(DRY_RUN, ORDERED, FAILED);
        AuditEntry late = desk.entries.get(desk.entries.size() - 1);
        assertThat(late.action()).isEqualTo(AuditEntry.Action.ACTION_DONE);
        assertThat(late.reason()).startsWith("after it was given up: cordon-node gpu-a1");
    }

    @Test
    void forgetsWhatIsOverAndNothingAsksFor() {
        Desk desk = new Desk(lostGpu("dry-run: true"))
                .incident(incident("i1", "gpu-a1"))
                .executorSucceeds();

        desk.after(Duration.ofDays(6));
        int kept = desk.ledger.actions().length;
        desk.after(Duration.ofDays(2));

        assertThat(kept).isEqualTo(1);
        assertThat(desk.ledger.isEmpty()).isTrue();
    }

    @Test
    void makesRoomForANewActionWithOneThatIsOverAndNeverWithOneThatIsNot() {
        RemediateSettings all = SampleActions.settings(lostGpu());
        Desk desk = new Desk(new RemediateSettings(
                "",
                "actions",
                "results",
                all.playbooks(),
                all.fleet(),
                all.maxAge(),
                all.approveWithin(),
                all.answerWithin(),
                all.remember(),
                2));

        desk.incident(incident("i1", "gpu-a1")).incident(incident("i2", "gpu-a2"));
        desk.incident(incident("i3", "gpu-a3"));
        desk.incident(incident("i2", 2, "gpu-a2", Incident.State.RESOLVED, TEN));
        desk.incident(incident("i3", 2, "gpu-a3", Incident.State.OPEN, TEN));

        assertThat(desk.requests)
                .extracting(request -> request.incident() + " " + request.state())
                .containsExactly("i1 DRY_RUN", "i2 DRY_RUN", "i2 CANCELLED", "i3 DRY_RUN");
        assertThat(desk.ledger.actions()).hasSize(2);
    }

    @Test
    void proposesOnceForAnIncidentHoweverOftenItIsRevised() {
        Desk desk = new Desk(lostGpu());

        for (int revision = 1; revision <= 5; revision++) {
            desk.incident(incident("i1", revision, "gpu-a1", Incident.State.OPEN, TEN));
        }

        assertThat(desk.states()).isEqualTo(List.of(DRY_RUN));
    }
}
