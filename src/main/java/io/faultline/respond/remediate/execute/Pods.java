package io.faultline.respond.remediate.execute;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes pods leave, through the eviction API alone: a disruption budget is never broken, and a pod that nothing would make
 * again never goes.
 */
final class Pods {

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private final KubernetesClient client;
    private final KubernetesSettings settings;
    private final Clock clock;

    Pods(KubernetesClient client, KubernetesSettings settings, Clock clock) {
        this.client = client;
        this.settings = settings;
        this.clock = clock;
    }

    /** All that are on a node, but those of daemons, those of the node itself and those that ended. */
    StepOutcome drain(Order order) throws InterruptedException {
        String node = order.step().name();
        if (client.nodes().withName(node).get() == null) {
            return new StepOutcome.Hindered("", "there is no node " + node);
        }
        List<Pod> there = new ArrayList<>(client.pods()
                .inAnyNamespace()
                .withField("spec.nodeName", node)
                .list()
                .getItems());
        there.removeIf(pod -> isMirror(pod) || isDaemon(pod) || isOver(pod));
        return evict(there, order, "");
    }

    /** The pod of a replica. */
    StepOutcome restartPod(Order order) throws InterruptedException {
        String name = order.step().name();
        List<Pod> found = inNamespaces("metadata.name", name);
        if (found.size() != 1) {
            String where = settings.namespaces().isEmpty() ? "" : " in " + String.join(", ", settings.namespaces());
            return new StepOutcome.Hindered(
                    "",
                    found.isEmpty()
                            ? "there is no pod " + name + where
                            : "there are pods " + names(found) + ", and it is not known which is meant");
        }
        return evict(older(found, order), order, "a new pod runs already");
    }

    /** All pods of a job. */
    StepOutcome restartJob(Order order) throws InterruptedException {
        String job = order.step().name();
        List<Pod> found = new ArrayList<>();
        for (String namespace : settings.namespaces()) {
            found.addAll(client.pods()
                    .inNamespace(namespace)
                    .withLabel(settings.jobLabel(), job)
                    .list()
                    .getItems());
        }
        if (settings.namespaces().isEmpty()) {
            found.addAll(client.pods()
                    .inAnyNamespace()
                    .withLabel(settings.jobLabel(), job)
                    .list()
                    .getItems());
        }
        found.removeIf(Pods::isOver);
        if (found.isEmpty()) {
            return new StepOutcome.Hindered("", "no pod runs that has the label " + settings.jobLabel() + "=" + job);
        }
        return evict(older(found, order), order, "new pods run already");
    }

    /**
     * @param none how it is where there are none
     */
    private StepOutcome evict(List<Pod> pods, Order order, String none) throws InterruptedException {
        String before = count(pods.size());
        if (pods.isEmpty()) {
            return new StepOutcome.Done(before, none.isEmpty() ? before : none);
        }
        String unsafe = against(pods);
        if (!unsafe.isEmpty()) {
            return new StepOutcome.Hindered(before, unsafe);
        }
        if (order.dryRun()) {
            List<Pod> kept = pods.stream().filter(pod -> !leaves(pod, true)).toList();
            return new StepOutcome.Done(
                    before,
                    kept.isEmpty()
                            ? count(0)
                            : count(0) + ", once the disruption budgets of " + names(kept) + " allow it");
        }
        return evictAll(pods, order, before);
    }

    /** Asks again and again, as long as the order is good: a budget that forbids it now may allow it later. */
    private StepOutcome evictAll(List<Pod> pods, Order order, String before) throws InterruptedException {
        List<Pod> asked = new ArrayList<>();
        List<Pod> left = new ArrayList<>(pods);
        while (true) {
            for (Pod pod : left) {
                if (!asked.contains(pod) && leaves(pod, false)) {
                    asked.add(pod);
                }
            }
            left.removeIf(this::isGone);
            if (left.isEmpty()) {
                return new StepOutcome.Done(before, count(0));
            }
            if (!clock.instant().plus(settings.pause()).isBefore(order.until())) {
                List<Pod> kept =
                        left.stream().filter(pod -> !asked.contains(pod)).toList();
                return new StepOutcome.Hindered(
                        before,
                        kept.isEmpty() ? "still ending: " + names(left) : "a disruption budget keeps " + names(kept));
            }
            Thread.sleep(settings.pause().toMillis());
        }
    }

    /** Whether the API server lets it go now. */
    private boolean leaves(Pod pod, boolean dryRun) {
        String namespace = pod.getMetadata().getNamespace();
        String name = pod.getMetadata().getName();
        var eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(pod.getMetadata().getUid())
                        .endPreconditions()
                        .withDryRun(dryRun ? List.of("All") : List.of())
                        .build())
                .build();
        try {
            return client.pods().inNamespace(namespace).withName(name).evict(eviction);
        } catch (KubernetesClientException e) {
            // It left by itself, or somebody else made it leave, and there may be another one of its name.
            boolean other =
                    e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
            if (other && isGone(pod)) {
                return true;
            }
            throw e;
        }
    }

    private boolean isGone(Pod pod) {
        Pod now = client.pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .get();
        return now == null
                || !now.getMetadata().getUid().equals(pod.getMetadata().getUid());
    }

    private String against(List<Pod> pods) {
        List<Pod> bare = pods.stream().filter(pod -> controller(pod) == null).toList();
        if (!bare.isEmpty()) {
            return "nothing would make " + names(bare) + " again";
        }
        List<Pod> local = pods.stream().filter(Pods::hasLocalData).toList();
        return local.isEmpty() || settings.deleteLocalData()
                ? ""
                : "the local data of " + names(local) + " would be lost";
    }

    /** Those that ran when it was ordered: after a crash between the deed and its result, the new ones are left alone. */
    private static List<Pod> older(List<Pod> pods, Order order) {
        return pods.stream()
                .filter(pod -> order.dryRun()
                        || !Instant.parse(pod.getMetadata().getCreationTimestamp())
                                .isAfter(order.since()))
                .toList();
    }

    private List<Pod> inNamespaces(String field, String value) {
        if (settings.namespaces().isEmpty()) {
            return client.pods().inAnyNamespace().withField(field, value).list().getItems();
        }
        List<Pod> found = new ArrayList<>();
        for (String namespace : settings.namespaces()) {
            found.addAll(client.pods()
                    .inNamespace(namespace)
                    .withField(field, value)
                    .list()
                    .getItems());
        }
        return found;
    }

    private static @Nullable OwnerReference controller(Pod pod) {
        Optional<OwnerReference> controller = pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
        return controller.orElse(null);
    }

    private static boolean isMirror(Pod pod) {
        return pod.getMetadata().getAnnotations() != null
                && pod.getMetadata().getAnnotations().containsKey(MIRROR);
    }

    private static boolean isDaemon(Pod pod) {
        OwnerReference controller = controller(pod);
        return controller != null && controller.getKind().equals("DaemonSet");
    }

    private static boolean isOver(Pod pod) {
        String phase =
                pod.getStatus() == null ? "" : String.valueOf(pod.getStatus().getPhase());
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Shared memory, which every training pod has, is no data; a directory on the node's disk may be. */
    private static boolean hasLocalData(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .anyMatch(volume -> volume.getEmptyDir() != null
                        && !"Memory".equals(volume.getEmptyDir().getMedium()));
    }

    private static String count(int pods) {
        return pods == 1 ? "1 pod" : pods + " pods";
    }

    private static String names(List<Pod> pods) {
        return pods.stream()
                .map(pod -> pod.getMetadata().getNamespace()
                        + '/'
                        + pod.getMetadata().getName())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
