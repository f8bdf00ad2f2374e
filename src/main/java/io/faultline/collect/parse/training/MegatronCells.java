package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** The cells of Megatron's iteration line: {@code  lm loss: 2.48E+00 |}; the unit of a time is in its key. */
public final class MegatronCells {

    private static final double MILLISECONDS = 0.001;

    private MegatronCells() {}

    static void read(String line, int from, Draft draft) {
        int start = from;
        while (start < line.length()) {
            int bar = line.indexOf('|', start);
            int end = bar < 0 ? line.length() : bar;
            int colon = Cursor.lastIn(line, ':', start, end);
            if (colon > start) {
                cell(line, start, colon, end, draft);
            }
            start = end + 1;
        }
        Measures measures = draft.measures().build();
        double loss = measures.getOr("loss", 0);
        if (!Double.isFinite(loss) || measures.getOr("nan_iterations", 0) > 0) {
            draft.severity(Severity.ERROR);
        }
    }

    private static void cell(String line, int start, int colon, int end, Draft draft) {
        String key = line.substring(start, colon).strip();
        String name = nameOf(key);
        double scale = key.endsWith("(ms)") ? MILLISECONDS : 1;
        // Primus writes "current/average"; the current value is what other forks write.
        int slash = Cursor.lastIn(line, '/', colon, end);
        int valueEnd = slash > 0 ? slash : end;
        if (name == null || !Numbers.put(draft.measures(), name, scale, line, colon + 1, valueEnd)) {
            draft.attribute(key, line.substring(colon + 1, end).strip());
        }
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "consumed samples" -> "consumed_samples";
            case "consumed tokens" -> "consumed_tokens";
            case "elapsed time per iteration (ms)", "elapsed time per iteration (s)" -> "step_time_seconds";
            case "learning rate" -> "learning_rate";
            case "global batch size" -> "global_batch_size";
            case "lm loss", "lm-loss" -> "loss";
            case "loss scale" -> "loss_scale";
            case "grad norm" -> "grad_norm";
            case "number of skipped iterations" -> "skipped_iterations";
            case "number of nan iterations" -> "nan_iterations";
            case "throughput per GPU (TFLOP/s/GPU)", "TFLOPs", "throughput per GPU (TFLOPS/s/GPU)" -> "tflops_per_gpu";
            case "samples per second" -> "samples_per_second";
            case "tokens/sec/GPU", "tokens per gpu per second (tgs)", "tokens per gpu per second", "tokens/s/GPU" ->
                "tokens_per_gpu_per_second";
            default -> null;
        };
    }
}
