package io.faultline.detect.match;

import io.faultline.model.AttributeNames;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.MeasureNames;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The names that a condition can use: those of docs/KINDS.md. A name that is not here is a misspelling. */
final class Vocabulary {

    static final Set<String> MEASURES = MeasureNames.all();

    static final Set<String> ATTRIBUTES = AttributeNames.all();
    static final Set<String> MEASURES = words(
            """
            prompt_tokens_per_second generation_tokens_per_second running_requests waiting_requests swapped_requests
            deferred_requests preemptions kv_cache_usage_ratio cpu_kv_cache_usage_ratio prefix_cache_hit_ratio
            status_code preemptions_total signal load_seconds memory_bytes step total_steps loss grad_norm
            learning_rate step_time_seconds consumed_samples consumed_tokens global_batch_size loss_scale
            skipped_iterations nan_iterations tflops_per_gpu samples_per_second tokens_per_second
            tokens_per_gpu_per_second epoch eval_loss eval_seconds sequence elements_in elements_out timeout_seconds elapsed_seconds last_enqueued
            last_completed status exit_code requested_bytes capacity_bytes free_bytes xid_code
            external_prefix_cache_hit_ratio mm_cache_hit_ratio corrupted_requests retracted_requests
            preallocated_requests transferring_requests context_requests new_requests new_tokens
            cached_tokens pending_tokens used_tokens swa_used_tokens context_tokens generation_tokens
            swa_cache_usage_ratio mamba_cache_usage_ratio preallocated_usage_ratio acceptance_length acceptance_ratio
            iteration host_step_seconds device_step_seconds idle_generation_tokens_per_second
            idle_prompt_tokens_per_second accepted_tokens drafted_tokens accepted_tokens_per_second
            drafted_tokens_per_second cpu_prefix_cache_hit_ratio mm_cache_usage_ratio transfers transfer_seconds
            transfer_bytes_per_second duration_seconds validation_seconds queue_seconds inference_seconds
            time_per_token_seconds prompt_seconds generation_seconds prompt_tokens generated_tokens gained_tokens
            new_token_ratio value kv_cache_tokens kv_cache_bytes kv_cache_blocks cpu_kv_cache_blocks max_concurrency
            max_request_tokens capture_seconds compile_seconds warmup_seconds init_seconds progress_ratio
            anon_rss_bytes board_limit_violation_seconds containers corrected_errors corrected_errors_total
            decoder_utilization_ratio double_active_ratio dram_active_ratio encoder_utilization_ratio
            energy_joules engine_active_ratio event_count fan_speed_ratio file_rss_bytes gpu_utilization_ratio
            graphics_clock_hertz graphics_clock_max_hertz half_active_ratio low_utilization_violation_seconds
            memory_clock_hertz memory_clock_max_hertz memory_free_bytes memory_reserved_bytes
            memory_temperature_celsius memory_total_bytes memory_used_bytes memory_utilization_ratio
            nvlink_crc_data_errors_total nvlink_crc_errors_total nvlink_received_bytes_per_second
            nvlink_recoveries_total nvlink_replays_total nvlink_sent_bytes_per_second oom_score_adj
            pcie_generation pcie_generation_max pcie_received_bytes_per_second pcie_replays_total
            pcie_sent_bytes_per_second pcie_width pcie_width_max pgtables_bytes power_default_limit_watts
            power_limit_watts power_max_limit_watts power_min_limit_watts power_violation_seconds power_watts
            ready_containers reliability_violation_seconds remap_failures remap_pending remapped_rows_corrected
            remapped_rows_uncorrected restarts retired_pages_corrected retired_pages_pending
            retired_pages_uncorrected shmem_rss_bytes single_active_ratio sm_active_ratio sm_clock_hertz
            sm_clock_max_hertz sm_occupancy_ratio sxid_code sync_boost_violation_seconds temperature_celsius
            temperature_margin_celsius tensor_active_ratio thermal_violation_seconds throttle_events
            throttle_reasons total_vm_bytes uncorrected_errors uncorrected_errors_total video_clock_hertz
            xid_sub_code""");
            train_loss remaining_seconds progress_ratio micro_step skipped_total samples_per_second_mean mfu_ratio
            peak_memory_bytes reserved_memory_bytes memory_usage_ratio power_watts energy_joules num_zeros params_norm
            load_balancing_loss z_loss mtp_loss entropy kl_divergence reward_mean response_tokens_mean perplexity eval_accuracy
            eval_error rank_time_min_seconds rank_time_max_seconds rank_time_ratio peak_reserved_memory_bytes
            host_memory_bytes host_memory_usage_ratio temperature_celsius gpu_utilization_ratio message_bytes
            bus_bytes_per_second vendor_error occurrences other_failures nccl_result cache_flushes""");
            max_request_tokens capture_seconds compile_seconds warmup_seconds init_seconds progress_ratio occurrences""");

    static final Set<String> ATTRIBUTES = words(
            """
            engine method path client process model operation process_group peer outcome error error_message memory
            pid xid_class start local_rank tasks reason recovery_action
            batch mode version metric
            template template_text template_state successor
            age bond cgroup condition constraint container device driver_version first_seen_age gauge gpu_index
            gpu_name gpu_serial gpu_uuid interface invoker library link namespace nodes object
            performance_state pod pod_uid restart_age slurm_job slurm_step source switch throttle unit""");
            path timer fastest_rank slowest_rank local_device product device source failed_ranks comm comm_id comm_rank
            comm_size comm_state nvml_device""");

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
