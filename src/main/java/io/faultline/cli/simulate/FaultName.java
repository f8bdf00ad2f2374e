package io.faultline.cli.simulate;

import io.faultline.model.CauseCategory;
import io.faultline.settings.NearestWord;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The faults the simulator can plant; the text is what a person types and what a label says. */
public enum FaultName {
    INFERENCE_STALL("inference-stall"),
    TRAINING_STALL("training-stall"),
    COLLECTIVE_TIMEOUT("collective-timeout"),
    GPU_XID("gpu-xid"),
    LOSS_NAN("loss-nan", CauseCategory.MODEL),
    LOSS_EXPLOSION("loss-explosion", CauseCategory.MODEL),
    CUDA_OOM("cuda-oom", CauseCategory.CODE),
    INFERENCE_FREEZE("inference-freeze", Strikes.REPLICA),
    ADMISSION_STALL("admission-stall", Strikes.REPLICA),
    INFERENCE_CRAWL("inference-crawl", Strikes.REPLICA),
    INFERENCE_HALF_SPEED("inference-half-speed", Strikes.REPLICA),
    KV_PREEMPTION("kv-preemption", Strikes.REPLICA),
    ENGINE_DEATH("engine-death", Strikes.REPLICA, CauseCategory.UNKNOWN),
    MODEL_LOAD_FAILURE("model-load-failure", Strikes.REPLICA),
    ADAPTER_FAILURE("adapter-failure", Strikes.REPLICA),
    REQUEST_ERRORS("request-errors", Strikes.REPLICA, CauseCategory.UNKNOWN),
    KEY_GUESSING("key-guessing", Strikes.REPLICA, CauseCategory.UNKNOWN),
    SECRET_LEAK("secret-leak", Strikes.REPLICA, CauseCategory.CODE),
    TRAINING_SLOWDOWN("training-slowdown", Strikes.JOB),
    STRAGGLER("straggler", Strikes.JOB),
    DATA_STARVATION("data-starvation", Strikes.JOB, CauseCategory.DATA),
    DATA_LOADER_FAILURE("data-loader-failure", Strikes.JOB, CauseCategory.DATA),
    CHECKPOINT_FAILURE("checkpoint-failure", Strikes.JOB),
    CHECKPOINT_INTERRUPTED("checkpoint-interrupted", Strikes.JOB),
    CHECKPOINT_MISMATCH("checkpoint-mismatch", Strikes.JOB, CauseCategory.CODE),
    LOSS_SCALE_COLLAPSE("loss-scale-collapse", Strikes.JOB, CauseCategory.MODEL),
    RENDEZVOUS_TIMEOUT("rendezvous-timeout", Strikes.JOB),
    LINK_BREAK("link-break", Strikes.JOB),
    GPU_HANG("gpu-hang", Strikes.NODE),
    GPU_MISSING("gpu-missing", Strikes.NODE),
    GPU_MEMORY_WEAR("gpu-memory-wear", Strikes.NODE),
    GPU_NVLINK("gpu-nvlink", Strikes.NODE),
    GPU_ROW_REMAP_FAILURE("gpu-row-remap-failure", Strikes.NODE),
    GPU_THROTTLING("gpu-throttling", Strikes.NODE),
    NVSWITCH_FATAL("nvswitch-fatal", Strikes.NODE),
    HOST_MEMORY("host-memory", Strikes.NODE),
    HOST_OOM("host-oom", Strikes.NODE, CauseCategory.CODE),
    KERNEL_STUCK("kernel-stuck", Strikes.NODE),
    STORAGE_HANG("storage-hang", Strikes.NODE),
    LINK_FLAP("link-flap", Strikes.NODE),
    NODE_NOT_READY("node-not-ready", Strikes.KUBERNETES),
    POD_CRASH_LOOP("pod-crash-loop", Strikes.KUBERNETES, CauseCategory.UNKNOWN),
    POD_EVICTION("pod-eviction", Strikes.KUBERNETES),
    POD_PREEMPTION("pod-preemption", Strikes.KUBERNETES),
    IMAGE_MISSING("image-missing", Strikes.KUBERNETES, CauseCategory.CODE),
    GPUS_TAKEN("gpus-taken", Strikes.KUBERNETES),
    INFERENCE_LIVELOCK("inference-livelock", Strikes.OTHER_ENGINE, CauseCategory.CODE),
    QUEUE_GROWTH("queue-growth", Strikes.OTHER_ENGINE),
    SLOW_TOKENS("slow-tokens", Strikes.OTHER_ENGINE),
    LEAF_DOWN("leaf-down", Strikes.FABRIC),
    DRIVER_ROLLOUT("driver-rollout", Strikes.FABRIC);

    /** Whom those strike that are planted only where they are named. */
    enum Strikes {
        USUAL,
        REPLICA,
        JOB,
        NODE,
        KUBERNETES,
        OTHER_ENGINE,
        /** Many nodes at once. */
        FABRIC
    }

    private final String text;
    private final Strikes strikes;
    private final CauseCategory category;

    FaultName(String text) {
        this(text, Strikes.USUAL);
    }

    FaultName(String text, CauseCategory category) {
        this(text, Strikes.USUAL, category);
    }

    FaultName(String text, Strikes strikes) {
        this(text, strikes, CauseCategory.ENVIRONMENT);
    }

    FaultName(String text, Strikes strikes, CauseCategory category) {
        this.text = text;
        this.strikes = strikes;
        this.category = category;
    }

    /** Those that are planted where none is named. */
    public static Set<FaultName> usual() {
        return striking(Strikes.USUAL);
    }

    static Set<FaultName> striking(Strikes strikes) {
        Set<FaultName> names = EnumSet.noneOf(FaultName.class);
        for (FaultName name : values()) {
            if (name.strikes == strikes) {
                names.add(name);
            }
        }
        return names;
    }

    /** Whether it strikes many nodes at once, and is one fault nevertheless. */
    public boolean isOfMany() {
        return strikes == Strikes.FABRIC;
    }

    /** Where what the simulator lets happen lies; {@code unknown} where it lets only the symptom happen. */
    CauseCategory category() {
        return category;
    }

    public String text() {
        return text;
    }

    public static List<String> texts() {
        return Arrays.stream(values()).map(FaultName::text).toList();
    }

    static Optional<FaultName> of(String text) {
        return Arrays.stream(values()).filter(name -> name.text.equals(text)).findFirst();
    }

    static String unknown(String text) {
        return "\"" + text + "\" is not a fault" + NearestWord.hint(text, texts()) + " (known: none, "
                + String.join(", ", texts()) + ")";
    }
}
