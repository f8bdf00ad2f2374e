package io.faultline.respond.remediate.execute;

import static io.faultline.model.Instants.earlier;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.model.ActionStep;
import java.io.File;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out the actions of one Kubernetes cluster, one after the other. Before anything changes all steps are run dry;
 * where one step fails the later ones are not begun.
 */
public final class Executor implements AutoCloseable {

    /** A moment of unrest of the API server is no reason to give an action up. */
    private static final int RETRIES = 2;

    /** A failing node's status changes every few seconds, a look and a deed take milliseconds. */
    private static final int MOST_LOOKS = 5;

    private static final int RETRY_MILLIS = 100;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final ActSettings settings;
    private final Clock clock;
    private final KubernetesClient client;
    private final Nodes nodes;
    private final Pods pods;
    private final WebhookCall webhooks;

    public Executor(ActSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.client = new KubernetesClientBuilder()
                .withConfig(config(settings.kubernetes()))
                .build();
        this.nodes = new Nodes(client, settings.kubernetes().maxUnschedulable());
        this.pods = new Pods(client, settings.kubernetes(), clock);
        this.webhooks =
                new WebhookCall(settings.webhooks(), settings.kubernetes().pause(), clock);
    }

    private static Config config(KubernetesSettings settings) {
        String context = settings.context().isEmpty() ? null : settings.context();
        Config found = settings.kubeconfig().isEmpty()
                ? Config.autoConfigure(context)
                : Config.fromKubeconfig(context, new File(settings.kubeconfig()));
        return new ConfigBuilder(found)
                .withRequestRetryBackoffLimit(RETRIES)
                .withRequestRetryBackoffInterval(RETRY_MILLIS)
                .withRequestTimeout(TIMEOUT_MILLIS)
                .withConnectionTimeout(TIMEOUT_MILLIS)
                .build();
    }

    /** Whether it is this executor's to carry out. */
    public boolean isMine(ActionRequest request) {
        return request.isOrder() && request.cluster().equals(settings.cluster());
    }

    /** Carries out an order, or what of it can be; nothing of it where it is no longer good. */
    public ActionResult carryOut(ActionRequest request) throws InterruptedException {
        boolean dryRun = request.state() == ActionRequest.State.DRY_RUN;
        if (!clock.instant().isBefore(request.expiresAt())) {
            return result(request, dryRun, "the order was good until " + request.expiresAt(), List.of());
        }
        Instant until = until(request);
        ActionResult rehearsed = take(request, true, until);
        return dryRun || !rehearsed.done() ? told(rehearsed, dryRun) : take(request, false, until);
    }

    private ActionResult take(ActionRequest request, boolean dryRun, Instant until) throws InterruptedException {
        List<ActionResult.Step> steps = new ArrayList<>();
        for (ActionStep step : request.steps()) {
            StepOutcome outcome = take(new Order(request.id(), request.title(), step, dryRun, request.at(), until));
            if (outcome instanceof StepOutcome.Hindered hindered) {
                steps.add(new ActionResult.Step(step.toString(), false, hindered.before(), hindered.before()));
                return result(request, dryRun, step + ": " + hindered.why(), steps);
            }
            StepOutcome.Done done = (StepOutcome.Done) outcome;
            steps.add(new ActionResult.Step(step.toString(), true, done.before(), done.after()));
        }
        return result(request, dryRun, "", steps);
    }

    private StepOutcome take(Order order) throws InterruptedException {
        for (int look = 1; ; look++) {
            try {
                return takeOnce(order);
            } catch (KubernetesClientException e) {
                // Somebody changed the node between the look at it and the deed: that may change what is to be done.
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || look == MOST_LOOKS) {
                    return new StepOutcome.Hindered("", words(e));
                }
            }
        }
    }

    private StepOutcome takeOnce(Order order) throws InterruptedException {
        return switch (order.step().kind()) {
            case CORDON_NODE -> nodes.cordon(order);
            case EXCLUDE_NODE -> nodes.exclude(order);
            case DRAIN_NODE -> pods.drain(order);
            case RESTART_POD -> pods.restartPod(order);
            case RESTART_JOB -> pods.restartJob(order);
            case WEBHOOK -> webhooks.call(order);
        };
    }

    /** What the API server says; where there is none, why not. */
    private static String words(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return "the API server says: " + e.getStatus().getMessage();
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return "the API server did not answer: " + root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** Before the order is void, and before the consumer group does without this executor. */
    private Instant until(ActionRequest request) {
        return earlier(
                request.expiresAt(), clock.instant().plus(settings.longest().dividedBy(2)));
    }

    private static ActionResult told(ActionResult rehearsed, boolean dryRun) {
        return new ActionResult(
                rehearsed.action(),
                rehearsed.cluster(),
                dryRun,
                rehearsed.done(),
                rehearsed.at(),
                rehearsed.executor(),
                dryRun ? rehearsed.detail() : "nothing was done, since the dry run failed: " + rehearsed.detail(),
                rehearsed.steps());
    }

    private ActionResult result(ActionRequest request, boolean dryRun, String detail, List<ActionResult.Step> steps) {
        return new ActionResult(
                request.id(),
                request.cluster(),
                dryRun,
                detail.isEmpty(),
                clock.instant(),
                settings.name(),
                detail,
                steps);
    }

    @Override
    public void close() {
        client.close();
    }
}
