package io.faultline.cli;

import io.faultline.model.ActionRequest;
import io.faultline.model.ActionResult;
import io.faultline.respond.remediate.execute.ActSettings;
import io.faultline.respond.remediate.execute.Executor;
import io.faultline.store.document.ActionResultDocument;
import io.faultline.store.kafka.ActionTopics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * An executor between its two topics. Each order is carried out at least once and told once: what was told is not carried
 * out again, and what was carried out without being told does no harm the second time.
 */
final class ActionLoop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ActionTopics topics;
    private final Executor executor;
    private final Consumer<String> said;
    private volatile boolean stopped;

    /** @param said is told what it does, a line each */
    ActionLoop(ActSettings settings, Clock clock, Consumer<String> said) {
        this.topics = new ActionTopics(
                settings.actionsTopic(), settings.resultsTopic(), settings.kafka(), settings.longest());
        this.executor = new Executor(settings, clock);
        this.said = said;
    }

    /** Goes on until it is stopped. */
    void run() throws IOException, InterruptedException {
        Set<String> told = topics.told();
        while (!stopped) {
            try {
                for (ActionRequest request : topics.poll(PATIENCE, said)) {
                    take(request, told);
                }
                topics.settle();
            } catch (WakeupException e) {
                return; // what was told and is not settled is read again, and not carried out again
            }
        }
    }

    private void take(ActionRequest request, Set<String> told) throws IOException, InterruptedException {
        boolean dryRun = request.state() == ActionRequest.State.DRY_RUN;
        if (!executor.isMine(request) || told.contains(ActionResultDocument.id(request.id(), dryRun))) {
            return;
        }
        said.accept(request.id() + (dryRun ? ": dry run of " : ": ") + request.steps());
        ActionResult result = executor.carryOut(request);
        topics.tell(result);
        told.add(ActionResultDocument.id(request.id(), dryRun));
        result.steps().forEach(step -> said.accept(request.id() + ": " + step));
        said.accept(request.id() + (result.done() ? ": done" : ": " + result.detail()));
    }

    /** Ends {@link #run}, from another thread, after the action that is under way. */
    void stop() {
        stopped = true;
        topics.wakeUp();
    }

    @Override
    public void close() {
        topics.close();
        executor.close();
    }
}
