package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** What Ollama's messages mean, with the sizes that stand beside them as {@code 15.5 GiB}. */
final class OllamaEvents {

    private OllamaEvents() {}

    static void classify(Draft draft, ParseContext context) {
        String message = draft.message();
        switch (message) {
            case "loading model",
                    "starting runner",
                    "starting llama server",
                    "starting llama-server",
                    "starting go runner" -> {
                draft.kind(EventKind.MODEL_LOAD);
            }
            case "model weights" -> size(draft, "memory_bytes", "size");
            case "kv cache" -> size(draft, "kv_cache_bytes", "size");
            case "total memory", "compute graph" -> size(draft, "memory_bytes", "size");
            case "inference compute" -> memory(draft, "total", "available");
            case "system memory" -> memory(draft, "total", "free");
            case "gpu memory" -> memory(draft, "", "free");
            default -> other(message, draft, context);
        }
    }

    private static void other(String message, Draft draft, ParseContext context) {
        if (message.startsWith("Listening on ")) {
            int version = message.indexOf("(version ");
            int end = version < 0 ? -1 : message.indexOf(')', version);
            draft.kind(EventKind.ENGINE_START)
                    .attribute("version", end < 0 ? null : message.substring(version + 9, end));
        } else if (message.contains(" started in ") && message.startsWith("llama")) {
            draft.kind(EventKind.MODEL_LOAD);
            Texts.number(draft, "load_seconds", message, "started in ");
        } else if (message.startsWith("llama runner terminated") || message.startsWith("llama-server terminated")) {
            death(draft, context);
        } else if (isLoadFailure(message) || message.equals("Load failed")) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR);
            terminated(draft);
        } else if (message.startsWith("runtime OOM detected") || message.startsWith("predicted usage exceeds VRAM")) {
            draft.kind(EventKind.MEMORY_EXHAUSTED).atLeast(Severity.WARN).attribute("memory", "gpu");
        } else if (message.startsWith("gpu VRAM usage didn't recover within timeout")) {
            draft.atLeast(Severity.WARN);
        } else if (message.startsWith("truncating input prompt")) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        } else if (message.startsWith("aborting completion request due to client closing")) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO).attribute("reason", "aborted");
        } else {
            Faults.refine(draft);
        }
    }

    private static boolean isLoadFailure(String message) {
        return message.startsWith("error loading llama server")
                || message.startsWith("error loading llama-server")
                || message.contains("model requires more system memory")
                || message.startsWith("timed out waiting for llama runner to start");
    }

    /** The runner's end stands in {@code error}: killed is the system's memory, CUDA's words are the card's. */
    private static void terminated(Draft draft) {
        String error = draft.attribute("error");
        if (error != null && error.contains("signal: killed")) {
            draft.attribute("reason", "killed");
        } else if (error != null && error.contains("out of memory")) {
            draft.attribute("reason", "out of memory");
        }
    }

    private static void death(Draft draft, ParseContext context) {
        terminated(draft);
        if (Teardown.isUnderWay(draft, context)) {
            draft.severity(Severity.INFO);
        } else {
            draft.kind(EventKind.ENGINE_DEATH).atLeast(Severity.ERROR);
        }
    }

    private static void size(Draft draft, String name, String key) {
        draft.kind(EventKind.MODEL_LOAD);
        bytes(draft, name, draft.attribute(key));
    }

    private static void memory(Draft draft, String total, String free) {
        bytes(draft, "capacity_bytes", draft.attribute(total));
        bytes(draft, "free_bytes", draft.attribute(free));
    }

    private static void bytes(Draft draft, String name, @Nullable String written) {
        double bytes = written == null ? -1 : Numbers.bytes(written, 0);
        if (bytes >= 0) {
            draft.measure(name, bytes);
        }
    }
}
