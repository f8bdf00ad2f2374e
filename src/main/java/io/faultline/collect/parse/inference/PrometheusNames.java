package io.faultline.collect.parse.inference;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which metrics are measures of ours. A gauge of a server is the same fact as a cell of its log line, so a rule need not
 * care which of the two it reads. Histograms, and counters that no log line has, stay plain samples.
 */
final class PrometheusNames {

    /** From here on DCGM's 64-bit integers say why there is no value: blank, not found, not supported, not permitted. */
    private static final double BLANK_INTEGER = 0x1p63 - 1024;

    /** The same for its doubles: 2^47 and the few numbers behind. */
    private static final double BLANK_DOUBLE = 140737488355328.0;

    private static final double LAST_BLANK_DOUBLE = BLANK_DOUBLE + 16;

    /**
     * A measure of ours.
     *
     * @param scale what makes the metric's unit the measure's
     */
    record Known(String measure, double scale) {}

    /** One row a metric. New families of metrics, such as DCGM's, are further rows. */
    private static final Map<String, Known> KNOWN = Map.ofEntries(
            row("vllm:num_requests_running", "running_requests"),
            row("vllm:num_requests_waiting", "waiting_requests"),
            row("vllm:num_requests_swapped", "swapped_requests"),
            row("vllm:kv_cache_usage_perc", "kv_cache_usage_ratio"),
            row("vllm:gpu_cache_usage_perc", "kv_cache_usage_ratio"),
            row("vllm:cpu_cache_usage_perc", "cpu_kv_cache_usage_ratio"),
            row("vllm:gpu_prefix_cache_hit_rate", "prefix_cache_hit_ratio"),
            row("vllm:cpu_prefix_cache_hit_rate", "cpu_prefix_cache_hit_ratio"),
            row("vllm:num_preemptions_total", "preemptions_total"),
            row("vllm:avg_prompt_throughput_toks_per_s", "prompt_tokens_per_second"),
            row("vllm:avg_generation_throughput_toks_per_s", "generation_tokens_per_second"),
            row("vllm:spec_decode_draft_acceptance_rate", "acceptance_ratio"),
            row("sglang:num_running_reqs", "running_requests"),
            row("sglang:num_queue_reqs", "waiting_requests"),
            row("sglang:num_retracted_reqs", "retracted_requests"),
            row("sglang:num_used_tokens", "used_tokens"),
            row("sglang:token_usage", "kv_cache_usage_ratio"),
            row("sglang:swa_token_usage", "swa_cache_usage_ratio"),
            row("sglang:mamba_usage", "mamba_cache_usage_ratio"),
            row("sglang:cache_hit_rate", "prefix_cache_hit_ratio"),
            row("sglang:gen_throughput", "generation_tokens_per_second"),
            row("sglang:spec_accept_length", "acceptance_length"),
            row("sglang:spec_accept_rate", "acceptance_ratio"),
            row("tgi_queue_size", "waiting_requests"),
            row("tgi_batch_current_size", "running_requests"),
            row("nv_inference_pending_request_count", "waiting_requests"),
            row("llamacpp:requests_processing", "running_requests"),
            row("llamacpp:requests_deferred", "waiting_requests"),
            row("llamacpp:kv_cache_usage_ratio", "kv_cache_usage_ratio"),
            row("llamacpp:prompt_tokens_seconds", "prompt_tokens_per_second"),
            row("llamacpp:predicted_tokens_seconds", "generation_tokens_per_second"));

    private PrometheusNames() {}

    static @Nullable Known of(String metric) {
        return KNOWN.get(metric);
    }

    /** Whether a number of DCGM is one of those that stand for no value. */
    static boolean isBlank(String metric, String number) {
        if (!metric.startsWith("DCGM_") || number.length() < 15) {
            return false;
        }
        double value;
        try {
            value = Double.parseDouble(number);
        } catch (NumberFormatException e) {
            return false;
        }
        return value >= BLANK_INTEGER || (value >= BLANK_DOUBLE && value < LAST_BLANK_DOUBLE);
    }

    private static Map.Entry<String, Known> row(String metric, String measure) {
        return Map.entry(metric, new Known(measure, 1));
    }
}
