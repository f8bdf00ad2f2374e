package io.faultline.respond.remediate;

import static io.faultline.respond.remediate.SampleActions.TEN;
import static io.faultline.respond.remediate.SampleActions.incident;
import static io.faultline.respond.remediate.SampleActions.lostGpu;
import static org.assertj.core.api.Assertions.assertThat;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionRequest.State;
import io.faultline.model.AuditEntry;
import io.faultline.model.ClusterSize;
import io.faultline.model.Incident;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.heap.HeapKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RemediateFunctionTest {

    private static final long START = TEN.plusSeconds(30).toEpochMilli();

    @Test
    void carriesAnActionThroughItsLife() throws Exception {
        try (var harness = harness(settings(lostGpu()))) {
            harness.setProcessingTime(START);
            harness.processElement(RemediateInput.of(incident("i1", "gpu-a1")), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);
            harness.processBroadcastElement(approval(last(harness)), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);
            harness.processElement(RemediateInput.of(incident("i1", 2, "gpu-a1", Incident.State.RESOLVED, TEN)), 0);

            assertThat(states(harness))
                    .containsExactly(State.DRY_RUN, State.AWAITING_APPROVAL, State.ORDERED, State.DONE, State.VERIFIED);
            assertThat(harness.getSideOutput(RemediateFunction.AUDIT))
                    .extracting(entry -> entry.getValue().action())
                    .startsWith(AuditEntry.Action.ACTION_REQUESTED)
                    .endsWith(AuditEntry.Action.ACTION_VERIFIED)
                    .hasSize(6);
        }
    }

    @Test
    void goesOnAfterARestart() throws Exception {
        OperatorSubtaskState saved;
        ActionRequest waiting;
        try (var harness = harness(settings(lostGpu()))) {
            harness.setProcessingTime(START);
            harness.processElement(RemediateInput.of(incident("i1", "gpu-a1")), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);
            waiting = last(harness);
            saved = harness.snapshot(1, 1);
        }

        try (var harness = unopened(settings(lostGpu()))) {
            harness.initializeState(saved);
            harness.open();
            harness.setProcessingTime(START + 1);
            harness.processBroadcastElement(approval(waiting), 0);
            harness.setProcessingTime(START + Duration.ofMinutes(20).toMillis());

            assertThat(states(harness)).containsExactly(State.ORDERED, State.FAILED);
            assertThat(last(harness).id()).isEqualTo(waiting.id());
        }
    }

    @Test
    void keepsAnApprovalForAnActionThatIsProposedAgain() throws Exception {
        ActionRequest proposed;
        try (var harness = harness(settings(lostGpu()))) {
            harness.setProcessingTime(START);
            harness.processElement(RemediateInput.of(incident("i1", "gpu-a1")), 0);
            proposed = last(harness);
        }

        try (var harness = harness(settings(lostGpu()))) {
            harness.setProcessingTime(START);
            harness.processBroadcastElement(approval(proposed), 0);
            harness.processElement(RemediateInput.of(incident("i1", "gpu-a1")), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);

            assertThat(states(harness)).containsExactly(State.DRY_RUN, State.ORDERED);
        }
    }

    @Test
    void countsTheClustersApart() throws Exception {
        try (var harness = harness(settings(lostGpu("approval: none", "max-share: 0.05")))) {
            harness.setProcessingTime(START);
            harness.processElement(RemediateInput.of(incident("i1", "gpu-a1")), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);
            harness.processElement(elsewhere(RemediateInput.of(incident("i2", "gpu-a2"))), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);

            assertThat(harness.extractOutputValues())
                    .extracting(request -> request.cluster() + " " + request.state())
                    .containsExactly("lab DRY_RUN", "lab ORDERED", "other DRY_RUN", "other ORDERED");
        }
    }

    @Test
    void forgetsWhatIsOver() throws Exception {
        try (var harness = harness(settings(lostGpu("dry-run: true")))) {
            harness.setProcessingTime(START);
            harness.processElement(RemediateInput.of(incident("i1", "gpu-a1")), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);
            assertThat(entries(harness)).isEqualTo(1);

            harness.setProcessingTime(START + Duration.ofDays(8).toMillis());

            assertThat(entries(harness)).isZero();
            assertThat(harness.numProcessingTimeTimers()).isZero();
        }
    }

    @Test
    void countsTheNodesThatTheInventoryToldOfWhileItRan() throws Exception {
        OperatorSubtaskState saved;
        try (var harness = harness(unknownFleet())) {
            harness.setProcessingTime(START);
            harness.processElement(RemediateInput.of(new ClusterSize(SampleActions.CLUSTER, 10)), 0);
            harness.processElement(RemediateInput.of(incident("i1", "gpu-a1")), 0);
            harness.processElement(RemediateInput.of(SampleActions.done(last(harness))), 0);
            saved = harness.snapshot(1, 1);
        }

        try (var harness = unopened(unknownFleet())) {
            harness.initializeState(saved);
            harness.open();
            harness.setProcessingTime(START + 1);
            harness.processElement(RemediateInput.of(incident("i2", "gpu-a2")), 0);
            ActionRequest second = last(harness);
            harness.processElement(RemediateInput.of(SampleActions.done(second)), 0);
            harness.processBroadcastElement(approval(second), 0);
            harness.processElement(RemediateInput.of(new ClusterSize(SampleActions.CLUSTER, 0)), 0);
            harness.processElement(RemediateInput.of(incident("i3", "gpu-a3")), 0);
            ActionRequest third = last(harness);
            harness.processElement(RemediateInput.of(SampleActions.done(third)), 0);
            harness.processBroadcastElement(approval(third), 0);

            assertThat(harness.extractOutputValues())
                    .filteredOn(request -> request.id().equals(second.id()))
                    .extracting(ActionRequest::state)
                    .endsWith(State.ORDERED);
            assertThat(last(harness).state()).isEqualTo(State.BLOCKED);
            assertThat(last(harness).reason()).startsWith("how many nodes the cluster has is not known");
        }
    }

    private static RemediateSettings unknownFleet() {
        RemediateSettings known = settings(lostGpu());
        return new RemediateSettings(
                known.bootstrapServers(),
                known.actionsTopic(),
                known.resultsTopic(),
                known.playbooks(),
                NodeCounts.UNKNOWN,
                known.maxAge(),
                known.approveWithin(),
                known.answerWithin(),
                known.remember(),
                known.maxActions());
    }

    private static int entries(
            KeyedBroadcastOperatorTestHarness<String, RemediateInput, Approval, ActionRequest> harness) {
        var operator = (AbstractStreamOperator<?>) harness.getOperator();
        return ((HeapKeyedStateBackend<?>) operator.getKeyedStateBackend()).numKeyValueStateEntries();
    }

    private static RemediateInput elsewhere(RemediateInput input) {
        return new RemediateInput(input.kind(), "other", input.incident(), input.result(), input.nodes());
    }

    private static RemediateSettings settings(Playbook playbook) {
        return SampleActions.settings(playbook);
    }

    private static Approval approval(ActionRequest request) {
        return SampleActions.approval(request.id(), true, request.at());
    }

    private static ActionRequest last(
            KeyedBroadcastOperatorTestHarness<String, RemediateInput, Approval, ActionRequest> harness) {
        List<ActionRequest> requests = harness.extractOutputValues();
        return requests.get(requests.size() - 1);
    }

    private static List<State> states(
            KeyedBroadcastOperatorTestHarness<String, RemediateInput, Approval, ActionRequest> harness) {
        return harness.extractOutputValues().stream().map(ActionRequest::state).toList();
    }

    private static KeyedBroadcastOperatorTestHarness<String, RemediateInput, Approval, ActionRequest> harness(
            RemediateSettings settings) throws Exception {
        var harness = unopened(settings);
        harness.open();
        return harness;
    }

    private static KeyedBroadcastOperatorTestHarness<String, RemediateInput, Approval, ActionRequest> unopened(
            RemediateSettings settings) throws Exception {
        return new KeyedBroadcastOperatorTestHarness<>(
                new CoBroadcastWithKeyedOperator<>(
                        new RemediateFunction(settings, NodeCounts.UNKNOWN), List.of(RemediateFunction.APPROVALS)),
                RemediateInput::cluster,
                Types.STRING,
                1,
                1,
                0);
    }
}
