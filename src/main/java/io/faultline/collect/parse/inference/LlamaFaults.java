package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** What llama.cpp's messages mean: requests, a model that loads or does not, the server's death. */
final class LlamaFaults {

    private LlamaFaults() {}

    /** Faults that its libraries print without any head. */
    static boolean isBare(String text) {
        return text.startsWith("CUDA error: ")
                || text.startsWith("GGML_ASSERT(")
                || text.startsWith("error loading model")
                || isAtSource(text);
    }

    /** {@code /src/ggml-cuda.cu:88: CUDA error}, {@code ggml.c:3088: GGML_ASSERT(a != NULL) failed}. */
    static boolean isAtSource(String text) {
        int colon = text.indexOf(": ");
        if (colon < 0 || !text.substring(0, colon).contains("ggml")) {
            return false;
        }
        return text.startsWith("CUDA error", colon + 2)
                || text.startsWith("GGML_ASSERT(", colon + 2)
                || text.startsWith("GGML_ABORT(", colon + 2);
    }

    static void classify(Draft draft, ParseContext context) {
        String message = draft.message();
        if (message.startsWith("done request: ") || message.startsWith("request: ")) {
            request(new Cursor(message, message.indexOf(": ") + 2), draft);
        } else if (message.startsWith("cancel task")) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO).attribute("reason", "cancelled");
        } else if (isClientError(message)) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        } else if (isLoadFailure(message)) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR);
        } else if (isDeath(message)) {
            death(draft, context);
        } else if (message.contains("failed to find free space in the KV cache")
                || message.contains("forcing full prompt re-processing")) {
            draft.atLeast(Severity.WARN);
        } else {
            life(message, draft);
        }
    }

    /** {@code POST /v1/chat/completions 192.168.1.9 200}; for a stream it is written when that begins. */
    private static void request(Cursor cursor, Draft draft) {
        String method = cursor.word();
        String path = cursor.spaces().word();
        String client = cursor.spaces().word();
        int status = cursor.take(' ') ? cursor.digits(3) : -1;
        if (status < 100) {
            return;
        }
        draft.attribute("method", method).attribute("path", path).attribute("client", client);
        Requests.answered(draft, path, status);
    }

    private static void life(String message, Draft draft) {
        if (message.startsWith("loading model '") || message.startsWith("load_model: loading model '")) {
            int from = message.indexOf('\'') + 1;
            int to = message.indexOf('\'', from);
            draft.kind(EventKind.MODEL_LOAD).attribute("model", to < 0 ? null : message.substring(from, to));
        } else if (message.startsWith("cleaning up before exit") || message.contains(": cleaning up before exit")) {
            draft.kind(EventKind.ENGINE_STOP);
        } else if (message.startsWith("prompt processing progress, ")) {
            Texts.number(draft, "progress_ratio", message, " progress = ");
        } else {
            Faults.refine(draft);
        }
    }

    private static boolean isClientError(String message) {
        return message.contains("context shift is disabled")
                || message.contains("input is too large to process")
                || message.contains("exceeds the available context size");
    }

    private static boolean isLoadFailure(String message) {
        return message.contains("exiting due to model loading error")
                || message.startsWith("failed to load model")
                || message.startsWith("error loading model")
                || message.startsWith("llama_model_load: error loading model")
                || message.startsWith("llama_model_load_from_file_impl: failed to load model")
                || message.startsWith("common_init_from_params: failed to load model");
    }

    private static boolean isDeath(String message) {
        return message.startsWith("CUDA error: ")
                || message.startsWith("ggml_cuda_error")
                || message.startsWith("ggml_abort")
                || message.startsWith("GGML_ASSERT(")
                || message.startsWith("ggml_cuda_compute_forward: ")
                || isAtSource(message);
    }

    private static void death(Draft draft, ParseContext context) {
        Faults.refine(draft);
        if (draft.kind() != EventKind.LOG_OTHER) {
            return;
        }
        if (Teardown.isUnderWay(draft, context)) {
            draft.severity(Severity.INFO);
        } else {
            draft.kind(EventKind.ENGINE_DEATH).atLeast(Severity.ERROR);
        }
    }
}
