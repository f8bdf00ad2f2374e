package io.faultline.respond.remediate;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.ActionStep;
import io.faultline.model.Cause;
import io.faultline.model.CauseCategory;
import io.faultline.model.Entity;
import io.faultline.model.Incident;
import io.faultline.model.Level;
import io.faultline.settings.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lost GPUs on the nodes of a cluster of twenty, and what is done about them. */
public final class SampleActions {

    public static final String CLUSTER = "lab";
    public static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

    private SampleActions() {}

    /** The shipped playbook for a lost GPU, with other values for some of its keys. */
    public static Playbook lostGpu(String... changes) {
        String text =
                """
                id: lost-gpu
                title: Take a node that lost a GPU out of service
                when: {rules: [gpu-xid-critical]}
                do: [cordon-node, drain-node]
                approval: required
                dry-run: false
                cool-down: 6h
                max-share: 0.1
                per: 1h
                verify-within: 30m
                """;
        for (String change : changes) {
            String key = change.substring(0, change.indexOf(':') + 1);
            text = text.replaceAll("(?m)^" + key + ".*$", change);
        }
        Problems problems = new Problems();
        Playbook read = PlaybookReader.read("playbooks/lost-gpu.yaml", text, problems);
        problems.throwIfAny("the test");
        return read;
    }

    public static RemediateSettings settings(Playbook... playbooks) {
        RemediateSettings absent = RemediateSettings.defaults();
        return new RemediateSettings(
                "",
                "actions",
                "results",
                List.of(playbooks),
                new NodeCounts(Map.of(CLUSTER, 20, "other", 20)),
                absent.maxAge(),
                absent.approveWithin(),
                absent.answerWithin(),
                absent.remember(),
                absent.maxActions());
    }

    public static Incident incident(String id, String node) {
        return incident(id, 1, node, Incident.State.OPEN, TEN);
    }

    public static Incident incident(String id, int revision, String node, Incident.State state, Instant endedAt) {
        return incident(id, revision, node, state, endedAt, Cause.Verdict.CONFIRMED);
    }

    public static Incident incident(
            String id, int revision, String node, Incident.State state, Instant endedAt, Cause.Verdict verdict) {
        Entity gpu = Entity.ofNode(node).with(Entity.Level.GPU, "0000:9b:00").with(Entity.Level.CLUSTER, CLUSTER);
        return new Incident(
                id,
                revision,
                state,
                "GPU 0000:9b:00 on " + node + " fell off the bus",
                Level.CRITICAL,
                endedAt.minus(Duration.ofMinutes(1)),
                endedAt,
                new Cause(
                        CauseCategory.ENVIRONMENT,
                        "gpu.xid",
                        gpu,
                        "Xid 79 on " + node,
                        0.95,
                        verdict,
                        List.of("it came first")),
                List.of(gpu),
                List.of("gpu-xid-critical"),
                List.of("drain the node"),
                List.of(),
                1);
    }

    public static ActionResult done(ActionRequest order) {
        return result(order, true, "");
    }

    public static ActionResult failed(ActionRequest order, String why) {
        return result(order, false, why);
    }

    private static ActionResult result(ActionRequest order, boolean done, String detail) {
        List<ActionResult.Step> steps = order.steps().stream()
                .map(step ->
                        new ActionResult.Step(step.toString(), done, before(step), done ? "cordoned" : before(step)))
                .toList();
        return new ActionResult(
                order.id(),
                order.cluster(),
                order.state() == ActionRequest.State.DRY_RUN,
                done,
                order.at().plusSeconds(2),
                "executor-1",
                detail,
                steps);
    }

    private static String before(ActionStep step) {
        return step.kind() == ActionStep.Kind.DRAIN_NODE ? "3 pods" : "schedulable";
    }

    public static Approval approval(String action, boolean approved, Instant at) {
        return new Approval(action, approved, "ann", "seen it", at);
    }
}
