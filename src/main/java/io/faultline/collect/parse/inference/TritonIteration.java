package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import org.jspecify.annotations.Nullable;

/** What Triton's TensorRT-LLM backend writes of an iteration: {@code {"Active Request Count":9,"Iteration Counter":392,…}}. */
final class TritonIteration {

    private static final String BEGINNING = "{\"Active Request Count\":";

    private TritonIteration() {}

    /** Requests that are active and not scheduled wait for a place in the cache. */
    static boolean read(String message, Draft draft) {
        if (!message.startsWith(BEGINNING)) {
            return false;
        }
        draft.kind(EventKind.INFERENCE_STATS);
        Measures.Builder blocks = Measures.builder();
        for (int at = 1; at > 0 && at < message.length(); ) {
            int end = message.indexOf(",\"", at);
            cell(message, at, end < 0 ? message.lastIndexOf('}') : end, blocks, draft);
            at = end < 0 ? -1 : end + 1;
        }
        Measures counted = blocks.build();
        double active = counted.getOr("active", 0);
        draft.measure("waiting_requests", Math.max(0, active - counted.getOr("scheduled", active)));
        double capacity = counted.getOr("capacity", 0);
        if (capacity > 0) {
            draft.measure("kv_cache_usage_ratio", counted.getOr("used", 0) / capacity);
        }
        return true;
    }

    private static void cell(String message, int from, int to, Measures.Builder counted, Draft draft) {
        int colon = message.indexOf("\":", from + 1);
        if (colon < 0 || colon + 2 > to) {
            return;
        }
        String key = message.substring(from + 1, colon);
        String count = countOf(key);
        if (count != null) {
            Numbers.put(counted, count, 1, message, colon + 2, to);
        }
        String name = nameOf(key);
        if (name == null || !Numbers.put(draft.measures(), name, 1, message, colon + 2, to)) {
            draft.attribute(key, message.substring(colon + 2, to).replace("\"", ""));
        }
    }

    private static @Nullable String countOf(String key) {
        return switch (key) {
            case "Active Request Count" -> "active";
            case "Scheduled Requests" -> "scheduled";
            case "Used KV cache blocks" -> "used";
            case "Max KV cache blocks" -> "capacity";
            default -> null;
        };
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "Scheduled Requests" -> "running_requests";
            case "Iteration Counter" -> "iteration";
            case "Context Requests" -> "context_requests";
            case "Total Context Tokens" -> "context_tokens";
            default -> null;
        };
    }
}
