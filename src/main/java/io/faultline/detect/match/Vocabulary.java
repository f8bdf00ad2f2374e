package io.faultline.detect.match;

import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names that a condition can use: docs/KINDS.md, as code. A name that is not here is a misspelling. */
final class Vocabulary {

    static final Set<String> MEASURES = words(
            """
            prompt_tokens_per_second generation_tokens_per_second running_requests waiting_requests swapped_requests
            deferred_requests preemptions kv_cache_usage_ratio cpu_kv_cache_usage_ratio prefix_cache_hit_ratio
            status_code preemptions_total signal load_seconds memory_bytes step total_steps loss grad_norm
            learning_rate step_time_seconds consumed_samples consumed_tokens global_batch_size loss_scale
            skipped_iterations nan_iterations tflops_per_gpu samples_per_second tokens_per_second
            tokens_per_gpu_per_second epoch eval_loss eval_seconds sequence elements_in elements_out timeout_seconds elapsed_seconds last_enqueued
            last_completed status exit_code requested_bytes capacity_bytes free_bytes xid_code""");

    static final Set<String> ATTRIBUTES = words(
            """
            engine method path client process model operation process_group peer outcome error error_message memory
            pid xid_class start local_rank tasks reason recovery_action""");

    static final Set<String> KINDS =
            Arrays.stream(EventKind.values()).map(EventKind::id).collect(Collectors.toCollection(TreeSet::new));

    static final List<String> ENTITY =
            Arrays.stream(Entity.Level.values()).map(Entity.Level::fieldName).toList();

    /** Everything that stands alone in a condition. */
    static final Set<String> TOP =
            words("kind format message severity measures attributes isNan isInf " + String.join(" ", ENTITY));

    private Vocabulary() {}

    private static Set<String> words(String text) {
        return new TreeSet<>(Arrays.asList(text.strip().split("\\s+", -1)));
    }
}
