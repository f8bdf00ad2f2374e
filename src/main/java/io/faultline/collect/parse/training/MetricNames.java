package io.faultline.collect.parse.training;

import org.jspecify.annotations.Nullable;

/** What trainers call their numbers, and in which unit they write them. */
final class MetricNames {

    private MetricNames() {}

    /** The measure for a written key, or for a unit where there is no key; null for what is no measure of ours. */
    static @Nullable String of(String key, String unit) {
        return key.isEmpty() ? ofUnit(unit) : of(key);
    }

    static @Nullable String of(String key) {
        return switch (key) {
            case "loss", "train_loss", "train loss", "lm loss", "lm-loss", "reduced_train_loss", "train/loss" -> "loss";
            case "val_loss", "val loss", "eval_loss", "validation loss", "val/loss" -> "eval_loss";
            case "grad_norm", "grad norm", "norm", "gnorm" -> "grad_norm";
            case "lr", "learning_rate", "learning rate", "train/lr" -> "learning_rate";
            case "epoch" -> "epoch";
            case "step", "global_step" -> "step";
            case "seconds", "dt", "step_avg", "train_step_timing in s", "iter time (s)", "time" -> "step_time_seconds";
            case "train_time", "total time" -> "elapsed_seconds";
            case "tps", "tok/sec", "tok/s", "Tokens/s/device", "tokens_per_sec_per_gpu", "tps/gpu" ->
                key.equals("tok/sec") || key.equals("tok/s") ? "tokens_per_second" : "tokens_per_gpu_per_second";
            case "tflops", "TFLOP/s/device", "TFLOPS_per_GPU", "TFLOPS", "TFLOPs" -> "tflops_per_gpu";
            case "mfu", "MFU" -> "mfu_ratio";
            case "memory", "max_memory_allocated" -> "memory_bytes";
            case "max_memory_reserved" -> "reserved_memory_bytes";
            case "samples/sec", "samples per second", "throughput" -> "samples_per_second";
            case "consumed_samples", "consumed samples", "consumed_train_samples" -> "consumed_samples";
            case "consumed_tokens", "consumed tokens", "consumed_train_tokens", "num_tokens" -> "consumed_tokens";
            case "global_batch_size", "global batch size" -> "global_batch_size";
            case "loss_scale", "loss scale" -> "loss_scale";
            case "number of skipped iterations" -> "skipped_iterations";
            case "number of nan iterations" -> "nan_iterations";
            case "elapsed time per iteration (ms)", "elapsed time per iteration (s)" -> "step_time_seconds";
            default -> null;
        };
    }

    private static @Nullable String ofUnit(String unit) {
        return switch (unit) {
            case "ms", "s" -> "step_time_seconds";
            case "tok/s", "tok/sec", "tokens/s" -> "tokens_per_second";
            default -> unit.endsWith(" MFU") ? "mfu_ratio" : null;
        };
    }

    /** What makes base units of a number of a measure that was written with a unit. */
    static double scale(String name, String unit) {
        if (name.endsWith("_seconds")) {
            return switch (unit) {
                case "ms" -> 1e-3;
                case "us", "µs" -> 1e-6;
                case "m", "min", "mins" -> 60;
                case "h" -> 3600;
                default -> 1;
            };
        }
        if (name.endsWith("_ratio")) {
            return unit.startsWith("%") ? 0.01 : 1;
        }
        return name.endsWith("_bytes") && !unit.isEmpty() ? bytes(unit.charAt(0)) : 1;
    }

    private static double bytes(char prefix) {
        return switch (prefix) {
            case 'K', 'k' -> 0x1p10;
            case 'M' -> 0x1p20;
            case 'G' -> 0x1p30;
            case 'T' -> 0x1p40;
            default -> 1;
        };
    }
}
