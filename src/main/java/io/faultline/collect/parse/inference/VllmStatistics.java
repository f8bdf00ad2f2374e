package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import org.jspecify.annotations.Nullable;

/**
 * vLLM's periodic lines, V0 and V1: {@code Engine 000: Avg prompt throughput: 1.0 tokens/s, …, Running: 1 reqs, …}, and
 * beside it those of speculation, caches and KV transfer. Read as keys and values, because each release adds cells, some
 * only when they are not zero.
 */
public final class VllmStatistics {

    private static final double PERCENT = 0.01;
    private static final String[] DETAILS = {
        "SpecDecoding metrics: ",
        "Speculative metrics: ",
        "KV Transfer metrics: ",
        "Prefix cache hit rate: ",
        "MM cache "
    };

    private VllmStatistics() {}

    /** Fills the draft; false where the message is no such line. */
    static boolean read(String message, Draft draft) {
        if (message.isEmpty() || "EASKPM123456789".indexOf(message.charAt(0)) < 0) {
            return false;
        }
        int from = endOfEngine(message);
        if (from < 0) {
            return false;
        }
        if (!message.startsWith("Avg prompt throughput: ", from)) {
            return detail(message, from, draft);
        }
        draft.kind(EventKind.INFERENCE_STATS);
        engine(message, from, draft);
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

    /** Behind {@code Engine 003: } or {@code 4 Engines Aggregated: }, if there is one; -1 where the line is another. */
    private static int endOfEngine(String message) {
        if (!message.startsWith("Engine ") && !isOfAll(message)) {
            return 0;
        }
        int colon = message.indexOf(": ");
        return colon < 0 || colon > 24 ? -1 : colon + 2;
    }

    /** One line for all engines of a server stands in for those of each. */
    private static boolean isOfAll(String message) {
        int engines = message.indexOf(" Engines Aggregated: ");
        return engines > 0 && engines < 5;
    }

    private static void engine(String message, int from, Draft draft) {
        if (from > 9) {
            draft.attribute("engine", isOfAll(message) ? "all" : message.substring(message.indexOf(' ') + 1, from - 2));
        }
    }

    private static boolean detail(String message, int from, Draft draft) {
        for (String head : DETAILS) {
            if (message.startsWith(head, from)) {
                draft.kind(EventKind.INFERENCE_DETAIL);
                engine(message, from, draft);
                boolean cells = head.endsWith("metrics: ");
                if (head.startsWith("KV")) {
                    Cells.read(message, from + head.length(), "=", VllmStatistics::transferName, draft);
                } else if (head.startsWith("Prefix")) {
                    Cells.read(message, from + head.length(), ": ", VllmStatistics::prefixName, draft);
                } else {
                    Cells.read(message, cells ? from + head.length() : from, ": ", VllmStatistics::detailName, draft);
                }
                return true;
            }
        }
        return false;
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

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "Avg prompt throughput" -> "prompt_tokens_per_second";
            case "Avg generation throughput" -> "generation_tokens_per_second";
            case "Running" -> "running_requests";
            case "Waiting", "Pending" -> "waiting_requests";
            case "Swapped" -> "swapped_requests";
            case "Deferred" -> "deferred_requests";
            case "Preemptions" -> "preemptions";
            case "Corrupted" -> "corrupted_requests";
            case "GPU KV cache usage" -> "kv_cache_usage_ratio";
            case "CPU KV cache usage" -> "cpu_kv_cache_usage_ratio";
            case "Prefix cache hit rate" -> "prefix_cache_hit_ratio";
            case "External prefix cache hit rate" -> "external_prefix_cache_hit_ratio";
            case "MM cache hit rate" -> "mm_cache_hit_ratio";
            default -> null;
        };
    }

    private static @Nullable String detailName(String key) {
        return switch (key) {
            case "Mean acceptance length" -> "acceptance_length";
            case "Avg Draft acceptance rate", "Draft acceptance rate" -> "acceptance_ratio";
            case "Accepted throughput" -> "accepted_tokens_per_second";
            case "Drafted throughput" -> "drafted_tokens_per_second";
            case "Accepted", "Number of accepted tokens" -> "accepted_tokens";
            case "Drafted", "Number of draft tokens" -> "drafted_tokens";
            case "MM cache usage" -> "mm_cache_usage_ratio";
            case "MM cache hit rate" -> "mm_cache_hit_ratio";
            default -> null;
        };
    }

    private static @Nullable String prefixName(String key) {
        return switch (key) {
            case "GPU" -> "prefix_cache_hit_ratio";
            case "CPU" -> "cpu_prefix_cache_hit_ratio";
            default -> null;
        };
    }

    private static @Nullable String transferName(String key) {
        return switch (key) {
            case "Num successful transfers" -> "transfers";
            case "Avg xfer time (ms)" -> "transfer_seconds";
            case "Throughput (MB/s)" -> "transfer_bytes_per_second";
            default -> null;
        };
    }
}
