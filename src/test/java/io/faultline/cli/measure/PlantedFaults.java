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
            entry("cuda-out-of-memory-loop", Set.of("cuda-oom")),
            entry("data-loading-failed", Set.of("data-loader-failure")),
            entry("data-loading-slow", Set.of("data-starvation")),
            entry("engine-death", Set.of("engine-death")),
            entry("gpu-xid-critical", Set.of("gpu-xid")),
            entry("grad-norm-explodes", Set.of("loss-nan", "loss-explosion")),
            entry("inference-admission-stalled", Set.of("admission-stall")),
            entry("inference-crawls", Set.of("inference-crawl")),
            entry("inference-engine-silent", Set.of("inference-freeze")),
            entry("inference-half-speed", Set.of("inference-half-speed")),
            entry("inference-throughput-stalled", Set.of("inference-stall")),
            entry("kv-cache-preemptions", Set.of("kv-preemption")),
            entry("loss-explodes", Set.of("loss-explosion")),
            entry("loss-nan", Set.of("loss-nan")),
            entry("loss-scale-collapses", Set.of("loss-scale-collapse")),
            entry("model-load-failed", Set.of("model-load-failure")),
            entry("rank-straggles", Set.of("straggler")),
            entry("request-errors-burst", Set.of("request-errors")),
            entry("secret-in-log", Set.of("secret-leak")),
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
