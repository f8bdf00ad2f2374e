package io.faultline.cli.measure;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which planted faults a rule must find. A rule that is not here has no fault in the simulator; its false alarms count. */
final class PlantedFaults {

    private static final Map<String, Set<String>> OF_RULE = new TreeMap<>(Map.ofEntries(
            entry("adapter-load-failed", Set.of("adapter-failure")),
            entry("authentication-failures", Set.of("key-guessing")),
            entry("checkpoint-failed", Set.of("checkpoint-failure")),
            entry("checkpoint-interrupted", Set.of("checkpoint-interrupted")),
            entry("checkpoint-mismatched", Set.of("checkpoint-mismatch")),
            entry("collective-rank-silent", Set.of("collective-timeout")),
            entry("collective-timeout-then-exit", Set.of("collective-timeout")),
            entry("cuda-out-of-memory", Set.of("cuda-oom")),
            entry("cuda-out-of-memory-loop", Set.of("cuda-oom")),
            entry("data-loading-failed", Set.of("data-loader-failure")),
            entry("data-loading-slow", Set.of("data-starvation")),
            entry("disk-full", Set.of("checkpoint-failure")),
            entry("engine-death", Set.of("engine-death")),
            entry("gpu-ecc-uncorrected", Set.of("gpu-row-remap-failure")),
            entry("gpu-lost", Set.of("gpu-missing")),
            entry("gpu-memory-wears-out", Set.of("gpu-memory-wear")),
            entry("gpu-needs-reset", Set.of("gpu-hang")),
            entry("gpu-not-allocatable", Set.of("gpus-taken")),
            entry("gpu-nvlink-fault", Set.of("gpu-nvlink")),
            entry("gpu-thermal-throttled", Set.of("gpu-throttling")),
            entry("gpu-xid-critical", Set.of("gpu-xid")),
            entry("grad-norm-explodes", Set.of("loss-nan", "loss-explosion")),
            entry("host-memory-error", Set.of("host-memory")),
            entry("host-out-of-memory", Set.of("host-oom")),
            entry("inference-admission-stalled", Set.of("admission-stall")),
            entry("inference-crawls", Set.of("inference-crawl")),
            entry("inference-engine-silent", Set.of("inference-freeze")),
            entry("inference-half-speed", Set.of("inference-half-speed")),
            entry("inference-livelock", Set.of("inference-livelock")),
            entry("inference-throughput-stalled", Set.of("inference-stall")),
            entry("job-preempted", Set.of("pod-preemption")),
            entry("kv-cache-preemptions", Set.of("kv-preemption")),
            entry("link-breaks-collective", Set.of("link-break")),
            entry("link-flaps", Set.of("link-flap")),
            entry("loss-explodes", Set.of("loss-explosion")),
            entry("loss-nan", Set.of("loss-nan")),
            entry("loss-scale-collapses", Set.of("loss-scale-collapse")),
            entry("model-load-failed", Set.of("model-load-failure")),
            entry("node-kernel-stuck", Set.of("kernel-stuck")),
            entry("node-not-ready", Set.of("node-not-ready")),
            entry("node-storage-hangs", Set.of("storage-hang")),
            entry("nvswitch-fault", Set.of("nvswitch-fatal")),
            entry("pod-crash-loop", Set.of("pod-crash-loop")),
            entry("pod-evicted", Set.of("pod-eviction")),
            entry("pod-image-missing", Set.of("image-missing")),
            entry("queue-time-high", Set.of("queue-growth")),
            entry("rank-straggles", Set.of("straggler")),
            entry("rendezvous-failed", Set.of("rendezvous-timeout")),
            entry("request-errors-burst", Set.of("request-errors")),
            entry("secret-in-log", Set.of("secret-leak")),
            entry("token-latency-high", Set.of("slow-tokens")),
            entry("training-slows-down", Set.of("training-slowdown")),
            entry("training-stalled", Set.of("training-stall")),
            entry("xid-then-job-exit", Set.of("gpu-xid"))));

    private PlantedFaults() {}

    static Set<String> rules() {
        return OF_RULE.keySet();
    }

    static Set<String> of(String rule) {
        return OF_RULE.getOrDefault(rule, Set.of());
    }
}
