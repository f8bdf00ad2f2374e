package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * TensorRT-LLM's line of each iteration: {@code iter = 5, global_rank = 0, …, host_step_time = 9.5ms, …, states =
 * {'num_ctx_requests': 1, …}}. Older ones write some cells with a colon.
 */
final class TensorRtLlmIteration {

    private TensorRtLlmIteration() {}

    static boolean read(String message, Draft draft) {
        if (!message.startsWith("iter = ")) {
            return false;
        }
        draft.kind(EventKind.INFERENCE_STATS);
        int states = message.indexOf("states = {");
        int to = states < 0 ? message.length() : states;
        cells(message, 0, to, draft);
        if (states >= 0) {
            int close = message.indexOf('}', states);
            cells(message, states + 10, close < 0 ? message.length() : close, draft);
        }
        return true;
    }

    private static void cells(String message, int from, int to, Draft draft) {
        int start = from;
        while (start < to) {
            int comma = message.indexOf(", ", start);
            int end = comma < 0 || comma > to ? to : comma;
            int equals = Texts.indexIn(message, " = ", start, end);
            int colon = Texts.indexIn(message, ": ", start, end);
            if (equals >= 0) {
                cell(message.substring(start, equals), message, equals + 3, end, draft);
            } else if (colon >= 0) {
                cell(message.substring(start, colon), message, colon + 2, end, draft);
            }
            start = end + 2;
        }
    }

    private static void cell(String written, String message, int from, int to, Draft draft) {
        String key = written.startsWith("'") && written.endsWith("'") && written.length() > 2
                ? written.substring(1, written.length() - 1)
                : written;
        int end = message.startsWith("ms", Math.max(from, to - 2)) && to - 2 >= from ? to - 2 : to;
        String name = nameOf(key);
        double scale = end < to ? 1e-3 : 1;
        // The first iteration has no device time: N/A or None.
        if (name == null || !Numbers.put(draft.measures(), name, scale, message, from, end)) {
            draft.attribute(key, message.substring(from, to).strip());
        }
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "iter" -> "iteration";
            case "host_step_time" -> "host_step_seconds";
            case "prev_device_step_time" -> "device_step_seconds";
            case "num_scheduled_requests" -> "running_requests";
            case "kv_cache_util" -> "kv_cache_usage_ratio";
            case "num_ctx_requests" -> "context_requests";
            case "num_ctx_tokens" -> "context_tokens";
            case "num_generation_tokens" -> "generation_tokens";
            case "cached_kv_tokens", "cached_kv_len" -> "cached_tokens";
            default -> null;
        };
    }
}
