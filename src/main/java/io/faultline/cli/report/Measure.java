package io.faultline.cli.report;

import java.util.Arrays;
import java.util.Optional;

/** The measures that the report draws: those in which a person sees a fault, in the order they are drawn. */
enum Measure {
    LOSS("loss", "Loss", "", Scope.TRAINING),
    GRAD_NORM("grad_norm", "Gradient norm", "", Scope.TRAINING),
    STEP_TIME("step_time_seconds", "Step time", "s", Scope.TRAINING),
    GENERATION("generation_tokens_per_second", "Generated tokens", "tokens/s", Scope.INFERENCE),
    RUNNING("running_requests", "Requests running", "", Scope.INFERENCE),
    WAITING("waiting_requests", "Requests waiting", "", Scope.INFERENCE),
    KV_CACHE("kv_cache_usage_ratio", "KV cache in use", "%", Scope.INFERENCE);

    private final String id;
    private final String title;
    private final String unit;
    private final Scope scope;

    Measure(String id, String title, String unit, Scope scope) {
        this.id = id;
        this.title = title;
        this.unit = unit;
        this.scope = scope;
    }

    /** The group of charts it stands in. */
    enum Scope {
        TRAINING,
        INFERENCE
    }

    static Optional<Measure> ofId(String id) {
        return Arrays.stream(values()).filter(measure -> measure.id.equals(id)).findFirst();
    }

    String id() {
        return id;
    }

    String title() {
        return title;
    }

    /** What the axis says; {@code %} means a ratio of 0…1. */
    String unit() {
        return unit;
    }

    Scope scope() {
        return scope;
    }
}
