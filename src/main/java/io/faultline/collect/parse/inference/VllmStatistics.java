package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.Measures;

/**
 * vLLM's periodic line, V0 and V1: {@code Engine 000: Avg prompt throughput: 1.0 tokens/s, …, Running: 1 reqs, …}. Read
 * as keys and values, because each release adds cells, some only when they are not zero.
 */
public final class VllmStatistics {

    private static final double PERCENT = 0.01;

    private VllmStatistics() {}

    /** Fills the draft; false where the message is no such line. */
    static boolean read(String message, Draft draft) {
        int from = 0;
        if (message.startsWith("Engine ")) {
            int colon = message.indexOf(": ");
            if (colon < 0 || colon > 16) {
                return false;
            }
            from = colon + 2;
        }
        if (!message.startsWith("Avg prompt throughput: ", from)) {
            return false;
        }
        if (from > 0) {
            draft.attribute("engine", message.substring(7, from - 2));
        }
        while (from < message.length()) {
            int comma = message.indexOf(", ", from);
            int end = comma < 0 ? message.length() : comma;
            int colon = Cursor.lastIn(message, ':', from, end - 1);
            if (colon > 0 && message.charAt(colon + 1) == ' ') {
                cell(message, from, colon, end, draft);
            }
            from = end + 2;
        }
        return true;
    }

    private static void cell(String message, int from, int colon, int end, Draft draft) {
        String key = message.substring(from, colon);
        int valueEnd = colon + 2;
        while (valueEnd < end && message.charAt(valueEnd) != ' ' && message.charAt(valueEnd) != '%') {
            valueEnd++;
        }
        Measures.Builder measures = draft.measures();
        String name = nameOf(key);
        double scale = valueEnd < end && message.charAt(valueEnd) == '%' ? PERCENT : 1;
        boolean known = name != null && Numbers.put(measures, name, scale, message, colon + 2, valueEnd);
        if (!known) {
            draft.attribute(key, message.substring(colon + 2, end));
        }
    }

    private static @org.jspecify.annotations.Nullable String nameOf(String key) {
        return switch (key) {
            case "Avg prompt throughput" -> "prompt_tokens_per_second";
            case "Avg generation throughput" -> "generation_tokens_per_second";
            case "Running" -> "running_requests";
            case "Waiting", "Pending" -> "waiting_requests";
            case "Swapped" -> "swapped_requests";
            case "Deferred" -> "deferred_requests";
            case "Preemptions" -> "preemptions";
            case "GPU KV cache usage" -> "kv_cache_usage_ratio";
            case "CPU KV cache usage" -> "cpu_kv_cache_usage_ratio";
            case "Prefix cache hit rate" -> "prefix_cache_hit_ratio";
            default -> null;
        };
    }
}
