package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;
import org.jspecify.annotations.Nullable;

/** What SGLang writes while it starts: its arguments, the phases with their durations, the sizes of its pools. */
final class SglangStartUp {

    private static final int LONGEST_MODEL = 256;

    private SglangStartUp() {}

    static void read(String message, Draft draft) {
        if (message.startsWith("server_args=ServerArgs(")) {
            draft.kind(EventKind.ENGINE_START).attribute("model", quoted(message, "model_path='"));
            boolean shares = message.contains("enable_dp_attention=True");
            ParallelSizes.read(message, " tp_size=", " pp_size=", shares ? "" : " dp_size=", draft);
        } else if (message.startsWith("Load weight end.")) {
            Cells.read(message, "Load weight end. ".length(), "=", SglangStartUp::weightName, draft);
            phase(draft, "memory_bytes", message, "mem usage=");
        } else if (message.startsWith("KV Cache is allocated.") || message.startsWith("KV Cache is allocated,")) {
            Texts.number(draft, "kv_cache_tokens", message, "#tokens: ");
            sum(message, draft);
            phase(draft, "free_bytes", message, "avail mem=");
        } else if (message.startsWith("max_total_num_tokens=")) {
            draft.kind(EventKind.MODEL_LOAD);
            Cells.read(message, 0, "=", SglangStartUp::poolName, draft);
        } else if (message.startsWith("Memory pool end.")) {
            phase(draft, "free_bytes", message, "avail mem=");
        } else if (message.startsWith("Init torch distributed ends.")) {
            Texts.number(draft, "init_seconds", message, "elapsed=");
            phase(draft, "memory_bytes", message, "mem usage=");
        } else if (message.startsWith("Capture ") && message.contains(" end.")) {
            boolean now = Texts.number(draft, "capture_seconds", message, "elapsed=");
            if (!now) {
                Texts.number(draft, "capture_seconds", message, "Time elapsed: ");
            }
            phase(draft, "memory_bytes", message, "mem usage=");
        }
    }

    private static void phase(Draft draft, String name, String message, String after) {
        draft.kind(EventKind.MODEL_LOAD);
        Texts.bytes(draft, name, message, after);
    }

    /** Keys and values in two halves of one buffer. */
    private static void sum(String message, Draft draft) {
        int keys = message.indexOf("K size: ");
        int values = message.indexOf("V size: ");
        double first = keys < 0 ? -1 : Numbers.bytes(message, keys + 8);
        double second = values < 0 ? -1 : Numbers.bytes(message, values + 8);
        if (first >= 0 && second >= 0) {
            draft.measure("kv_cache_bytes", first + second);
        }
    }

    private static @Nullable String weightName(String key) {
        return key.equals("elapsed") ? "load_seconds" : null;
    }

    private static @Nullable String poolName(String key) {
        return switch (key) {
            case "max_total_num_tokens" -> "kv_cache_tokens";
            case "context_len" -> "max_request_tokens";
            default -> null;
        };
    }

    private static @Nullable String quoted(String message, String after) {
        int from = message.indexOf(after);
        int to = from < 0 ? -1 : message.indexOf('\'', from + after.length());
        return to < 0 || to - from > LONGEST_MODEL ? null : message.substring(from + after.length(), to);
    }
}
