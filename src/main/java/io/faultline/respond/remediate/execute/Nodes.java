package io.faultline.respond.remediate.execute;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes nodes out of service: marks them unschedulable, or with a taint. */
final class Nodes {

    /** What the node's annotations say of who did it. */
    static final String ACTION = "faultline.io/action";

    static final String WHY = "faultline.io/why";

    /** Pods that do not tolerate it come no more; those that are there stay. */
    static final String EXCLUDED = "faultline.io/excluded";

    private static final String NO_SCHEDULE = "NoSchedule";
    private static final double ROUNDING = 1e-9;

    private final KubernetesClient client;
    private final double maxUnschedulable;

    Nodes(KubernetesClient client, double maxUnschedulable) {
        this.client = client;
        this.maxUnschedulable = maxUnschedulable;
    }

    StepOutcome cordon(Order order) {
        Node node = find(order);
        if (node == null) {
            return missing(order);
        }
        String before = words(node);
        if (isUnschedulable(node)) {
            return new StepOutcome.Done(before, before);
        }
        String full = againstOneMore(node);
        if (!full.isEmpty()) {
            return new StepOutcome.Hindered(before, full);
        }
        return patched(order, node, before, Map.of("unschedulable", true));
    }

    StepOutcome exclude(Order order) {
        Node node = find(order);
        if (node == null) {
            return missing(order);
        }
        String before = words(node);
        if (isExcluded(node)) {
            return new StepOutcome.Done(before, before);
        }
        String full = againstOneMore(node);
        if (!full.isEmpty()) {
            return new StepOutcome.Hindered(before, full);
        }
        List<Taint> taints = new ArrayList<>(node.getSpec().getTaints());
        taints.add(new TaintBuilder()
                .withKey(EXCLUDED)
                .withValue("true")
                .withEffect(NO_SCHEDULE)
                .build());
        return patched(order, node, before, Map.of("taints", taints));
    }

    /** The resource version makes the API server refuse it where the node changed since it was read. */
    private StepOutcome patched(Order order, Node node, String before, Map<String, Object> specification) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resourceVersion", node.getMetadata().getResourceVersion());
        metadata.put("annotations", Map.of(ACTION, order.action(), WHY, order.title()));
        Node after = client.nodes()
                .withName(order.step().name())
                .dryRun(order.dryRun())
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("metadata", metadata, "spec", specification)));
        return new StepOutcome.Done(before, words(after));
    }

    /** A circuit breaker of its own, over what the cluster itself says: two jobs, or a person beside one, count together. */
    private String againstOneMore(Node wanted) {
        List<Node> all = client.nodes().list().getItems();
        long out = all.stream()
                .filter(node -> isUnschedulable(node) || isExcluded(node))
                .filter(node -> !node.getMetadata()
                        .getName()
                        .equals(wanted.getMetadata().getName()))
                .count();
        int most = (int) Math.floor(maxUnschedulable * all.size() + ROUNDING);
        return out + 1 <= most
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%d of %d nodes are out of service, one more is beyond the share of %s",
                        out,
                        all.size(),
                        maxUnschedulable);
    }

    private @Nullable Node find(Order order) {
        return client.nodes().withName(order.step().name()).get();
    }

    private static StepOutcome missing(Order order) {
        return new StepOutcome.Hindered("", "there is no node " + order.step().name());
    }

    private static boolean isUnschedulable(Node node) {
        return Boolean.TRUE.equals(node.getSpec().getUnschedulable());
    }

    private static boolean isExcluded(Node node) {
        return node.getSpec().getTaints().stream()
                .anyMatch(taint -> EXCLUDED.equals(taint.getKey()) && NO_SCHEDULE.equals(taint.getEffect()));
    }

    private static String words(Node node) {
        String words = isUnschedulable(node) ? "unschedulable" : "schedulable";
        return isExcluded(node) ? words + ", excluded" : words;
    }
}
