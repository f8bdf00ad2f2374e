package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** What vLLM writes at INFO while it starts: the phases with their durations, and the sizes of the KV cache. */
final class VllmStartUp {

    private static final String LOAD = "Starting to load model ";

    private VllmStartUp() {}

    static void read(String message, Draft draft) {
        if (message.isEmpty()) {
            return;
        }
        boolean phase =
                switch (message.charAt(0)) {
                    case 'I' -> initializing(message, draft);
                    case 'S' -> starting(message, draft);
                    case 'L', 'M' -> loading(message, draft);
                    case 'A', 'G', '#' -> sizes(message, draft);
                    case 'i', 't', 'D', 'C', 'R' -> compiling(message, draft);
                    default -> false;
                };
        if (phase && draft.kind() == EventKind.LOG_OTHER) {
            draft.kind(EventKind.MODEL_LOAD);
        } else if (!phase && message.startsWith("Aborted request")) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO).attribute("reason", "aborted");
        }
    }

    private static boolean initializing(String message, Draft draft) {
        if (message.startsWith("Initializing a") && message.contains("LLM engine")) {
            draft.kind(EventKind.ENGINE_START);
            int from = message.indexOf("(v");
            int to = message.indexOf(')', from);
            if (from > 0 && from < 64 && to > 0) {
                draft.attribute("version", message.substring(from + 2, to));
            }
            ParallelSizes.read(
                    message, "tensor_parallel_size=", "pipeline_parallel_size=", "data_parallel_size=", draft);
            return true;
        }
        return message.startsWith("Initial profiling/warmup run took ")
                && Texts.number(draft, "warmup_seconds", message, "took ");
    }

    private static boolean starting(String message, Draft draft) {
        if (!message.startsWith(LOAD)) {
            return false;
        }
        String model = message.substring(LOAD.length());
        draft.attribute("model", model.endsWith("...") ? model.substring(0, model.length() - 3) : model);
        return true;
    }

    private static boolean loading(String message, Draft draft) {
        if (message.startsWith("Loading weights took ")) {
            return Texts.number(draft, "load_seconds", message, "took ");
        }
        if (message.startsWith("Model loading took ") || message.startsWith("Loading model weights took ")) {
            Texts.number(draft, "load_seconds", message, " and ");
            return Texts.bytes(draft, "memory_bytes", message, "took ");
        }
        if (message.startsWith("Maximum concurrency for ")) {
            Texts.number(draft, "max_request_tokens", message, "Maximum concurrency for ");
            return Texts.number(draft, "max_concurrency", message, "per request: ");
        }
        return message.startsWith("Multi-modal warmup completed in ")
                && Texts.number(draft, "warmup_seconds", message, "completed in ");
    }

    private static boolean sizes(String message, Draft draft) {
        if (message.startsWith("GPU KV cache size: ")) {
            return Texts.number(draft, "kv_cache_tokens", message, "size: ");
        }
        if (message.startsWith("Available KV cache memory: ")) {
            return Texts.bytes(draft, "kv_cache_bytes", message, "memory: ");
        }
        if (message.startsWith("Graph capturing finished in ")) {
            Texts.bytes(draft, "memory_bytes", message, "took ");
            return Texts.number(draft, "capture_seconds", message, "finished in ");
        }
        if (message.startsWith("# GPU blocks: ") || message.startsWith("# cuda blocks: ")) {
            Texts.number(draft, "cpu_kv_cache_blocks", message, "# CPU blocks: ");
            return Texts.number(draft, "kv_cache_blocks", message, " blocks: ");
        }
        return false;
    }

    private static boolean compiling(String message, Draft draft) {
        if (message.startsWith("init engine ")) {
            Texts.number(draft, "compile_seconds", message, "compilation: ");
            return Texts.number(draft, "init_seconds", message, ") took ");
        }
        if (message.startsWith("torch.compile t")) {
            return Texts.number(draft, "compile_seconds", message, message.contains("takes ") ? "takes " : "took ");
        }
        if (message.startsWith("Compiling a graph for ")) {
            return Texts.number(draft, "compile_seconds", message, " takes ");
        }
        if (message.startsWith("Dynamo bytecode transform time: ")) {
            return Texts.number(draft, "compile_seconds", message, "time: ");
        }
        return message.startsWith("Readonly multi-modal warmup completed in ")
                && Texts.number(draft, "warmup_seconds", message, "completed in ");
    }
}
