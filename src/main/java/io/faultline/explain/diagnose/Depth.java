package io.faultline.explain.diagnose;

import io.faultline.model.Alert;
import io.faultline.model.Evidence;

/** How deep a finding lies: of two that begin together, the deeper one explains the other. The deepest first. */
enum Depth {
    /** A GPU, a link, a node. */
    HARDWARE,
    /** Memory that ran out, a disk that is full, a model that does not load. */
    RESOURCE,
    /** Numbers that went wrong: NaN, an exploding loss. */
    COMPUTATION,
    /** Ranks that waited for each other, processes that ended. */
    PROCESS,
    /** Nothing moves. It explains nothing, it wants an explanation. */
    SILENCE;

    static Depth of(Alert alert) {
        Depth deepest = SILENCE;
        for (Evidence line : alert.evidence()) {
            Depth depth = of(line);
            deepest = depth.compareTo(deepest) < 0 ? depth : deepest;
        }
        return deepest;
    }

    static Depth of(Evidence line) {
        return switch (line.kind()) {
            case GPU_XID, GPU_ECC, GPU_THERMAL, LINK_DOWN, NODE_CONDITION -> HARDWARE;
            case MEMORY_EXHAUSTED, CHECKPOINT_FAILURE, MODEL_LOAD_FAILURE, SECRET_LEAK, AUTH_FAILURE -> RESOURCE;
            case TRAINING_ANOMALY -> COMPUTATION;
            case COLLECTIVE_TIMEOUT,
                    COLLECTIVE_ERROR,
                    PROCESS_EXIT,
                    PROCESS_TRACEBACK,
                    ENGINE_DEATH,
                    POD_EVENT,
                    REQUEST_ERROR -> PROCESS;
            // the same line shows an exploding loss to one rule and a last sign of life to another
            case TRAINING_STEP, EVALUATION_RESULT -> line.step().equals(Evidence.LAST_SIGN) ? SILENCE : COMPUTATION;
            default -> SILENCE;
        };
    }
}
