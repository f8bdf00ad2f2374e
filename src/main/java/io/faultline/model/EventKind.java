package io.faultline.model;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an event tells, as a closed vocabulary: {@code event.action} in the documents, {@code kind} in the rules. */
public enum EventKind {
    /** An engine's periodic line: tokens per second, requests running and waiting, cache usage. */
    INFERENCE_STATS("inference.stats"),
    /** Further numbers of an engine beside its periodic line: speculation, caches, KV transfer. */
    INFERENCE_DETAIL("inference.detail"),
    INFERENCE_REQUEST("inference.request"),
    INFERENCE_PREEMPTION("inference.preemption"),
    ENGINE_START("engine.start"),
    /** An orderly end was asked for: SIGTERM, scale-down. What follows for a minute is tear-down. */
    ENGINE_STOP("engine.stop"),
    ENGINE_DEATH("engine.death"),
    MODEL_LOAD("model.load"),
    MODEL_LOAD_FAILURE("model.load.failure"),
    TRAINING_START("training.start"),
    /** One iteration or logging interval: {@code step}, {@code loss}, {@code step_time_seconds}, … */
    TRAINING_STEP("training.step"),
    /** NaN, a skipped step, an overflow. */
    TRAINING_ANOMALY("training.anomaly"),
    EVALUATION_BEGIN("evaluation.begin"),
    EVALUATION_RESULT("evaluation.result"),
    CHECKPOINT_BEGIN("checkpoint.begin"),
    CHECKPOINT_END("checkpoint.end"),
    CHECKPOINT_FAILURE("checkpoint.failure"),
    DATA_LOAD("data.load"),
    COLLECTIVE_TIMEOUT("collective.timeout"),
    COLLECTIVE_ERROR("collective.error"),
    /** A process or job ended; {@code attributes.outcome} is {@code success} or {@code failure}. */
    PROCESS_EXIT("process.exit"),
    PROCESS_TRACEBACK("process.traceback"),
    MEMORY_EXHAUSTED("memory.exhausted"),
    GPU_XID("gpu.xid"),
    GPU_ECC("gpu.ecc"),
    GPU_THERMAL("gpu.thermal"),
    LINK_DOWN("link.down"),
    NODE_CONDITION("node.condition"),
    POD_EVENT("pod.event"),
    HEALTH_CHECK("health.check"),
    REQUEST_ERROR("request.error"),
    AUTH_FAILURE("auth.failure"),
    SECRET_LEAK("secret.leak"),
    METRIC_SAMPLE("metric.sample"),
    /** Lines that no parser knows have a template that is new, or that went into a wider one. */
    LOG_TEMPLATE("log.template"),
    /** How good the lines of one source were in a minute. */
    SOURCE_QUALITY("source.quality"),
    /** A source writes otherwise than before: another format, other keys, more lines that no parser knows. */
    SOURCE_DRIFT("source.drift"),
    /** A source that wrote steadily is silent, or writes again; {@code attributes.state} is {@code begin} or {@code end}. */
    SOURCE_SILENCE("source.silence"),
    /** What the statistics of a window of a series are, as a signal for rules. */
    STATISTICS_WINDOW("statistics.window"),
    /** A statistic found something unusual, as a signal for rules. */
    ANOMALY("anomaly"),
    /** A rule fired, as a signal for other rules. */
    ALERT("alert"),
    /** Understood as a record, or only as text, but nothing of the above. */
    LOG_OTHER("log.other");

    private static final Set<EventKind> OF_NO_LINE =
            EnumSet.of(LOG_TEMPLATE, SOURCE_QUALITY, SOURCE_DRIFT, SOURCE_SILENCE, STATISTICS_WINDOW, ANOMALY, ALERT);

    private static final Map<String, EventKind> BY_ID = new HashMap<>();

    static {
        for (EventKind kind : values()) {
            BY_ID.put(kind.id, kind);
        }
    }

    private final String id;

    EventKind(String id) {
        this.id = id;
    }

    /** {@code gpu.xid}. */
    public String id() {
        return id;
    }

    /** Whether no line was written for it: it tells of a log itself, of a template, or of what was found. */
    public boolean isOfNoLine() {
        return OF_NO_LINE.contains(this);
    }

    /** The kind with this id, or null. */
    public static @Nullable EventKind ofId(String id) {
        return BY_ID.get(id);
    }
}
