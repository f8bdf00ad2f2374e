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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.errors.WakeupException;

/**
 * An executor between its two topics. What was told is not carried out again, only told again; what was carried out without
 * being told does no harm the second time.
 */
final class ActionLoop implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST_RESULTS = 10_000;

    private final ActionTopics topics;
    private final Executor executor;
    private final Consumer<String> said;
    private final Clock clock;

    /** What was told, by the result's key; the oldest of many is forgotten, its order is long void. */
    private final Map<String, ActionResult> told = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ActionResult> eldest) {
            return size() > MOST_RESULTS;
        }
    };

    private volatile boolean stopped;

    /** @param said is told what it does, a line each */
    ActionLoop(ActSettings settings, Clock clock, Consumer<String> said) {
        this.topics = new ActionTopics(
                settings.actionsTopic(), settings.resultsTopic(), settings.kafka(), settings.longest());
        this.executor = new Executor(settings, clock);
        this.said = said;
        this.clock = clock;
    }

    /** Goes on until it is stopped. */
    void run() throws IOException, InterruptedException {
        readTold();
        while (!stopped) {
            try {
                List<ActionRequest> polled = topics.poll(PATIENCE, said);
                if (topics.tookOver()) {
                    readTold(); // what another executor did, and perhaps could not settle
                }
                for (ActionRequest request : polled) {
                    take(request);
                }
                topics.settle();
            } catch (WakeupException e) {
                return; // what was told and is not settled is read again, and not carried out again
            }
        }
    }

    private void readTold() throws IOException {
        topics.told().forEach(result -> told.put(key(result.action(), result.dryRun()), result));
    }

    private void take(ActionRequest request) throws IOException, InterruptedException {
        if (!executor.isMine(request)) {
            return;
        }
        boolean dryRun = request.state() == ActionRequest.State.DRY_RUN;
        ActionResult known = told.get(key(request.id(), dryRun));
        if (known != null) {
            // A job that started again asks again: it may have read the result before it knew of the action.
            if (clock.instant().isBefore(request.expiresAt())) {
                topics.tell(known);
            }
            return;
        }
        said.accept(request.id() + (dryRun ? ": dry run of " : ": ") + request.steps());
        ActionResult result = executor.carryOut(request);
        topics.tell(result);
        told.put(key(request.id(), dryRun), result);
        result.steps().forEach(step -> said.accept(request.id() + ": " + step));
        said.accept(request.id() + (result.done() ? ": done" : ": " + result.detail()));
    }

    private static String key(String action, boolean dryRun) {
        return ActionResultDocument.id(action, dryRun);
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
