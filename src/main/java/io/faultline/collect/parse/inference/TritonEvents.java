package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** What Triton's messages mean: models that load or fail, the server's end, and the noise of its metrics. */
final class TritonEvents {

    private TritonEvents() {}

    static void classify(Draft draft, ParseContext context) {
        String message = draft.message();
        if (message.startsWith("loading: ")) {
            int colon = message.lastIndexOf(':');
            draft.kind(EventKind.MODEL_LOAD).attribute("model", message.substring(9, Math.max(9, colon)));
            draft.attribute("model_version", message.substring(colon + 1));
        } else if (message.startsWith("successfully loaded '") || message.startsWith("successfully unloaded '")) {
            loaded(message, draft);
        } else if (message.startsWith("failed to load '")) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR).attribute("model", quoted(message));
            int reason = message.indexOf(": ");
            draft.attribute("reason", reason < 0 ? null : message.substring(reason + 2));
        } else if (message.startsWith("creating server: ") || message.startsWith("Failed to create server")) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR);
        } else if (message.startsWith("Waiting for in-flight requests to complete")) {
            draft.kind(EventKind.ENGINE_STOP);
        } else if (message.startsWith("Unable to get ") && message.contains(" for GPU ")) {
            // Written each second where NVML can not tell.
            draft.severity(Severity.INFO);
        } else if (message.startsWith("Stub process ") && message.contains(" is not healthy")) {
            stub(draft, context);
        } else if (message.startsWith("\n") || message.startsWith("+-")) {
            TritonTable.read(message, draft);
        } else if (!TritonIteration.read(message, draft)) {
            Faults.refine(draft);
        }
    }

    /** {@code Signal (15) received.}, {@code error: creating server: Internal - failed to load all models}. */
    static void bare(String text, Draft draft) {
        if (text.startsWith("Signal (")) {
            draft.kind(EventKind.ENGINE_STOP);
            Texts.number(draft, "signal", text, "Signal (");
        } else {
            draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR);
        }
    }

    private static void loaded(String message, Draft draft) {
        String model = quoted(message);
        draft.attribute("model", model);
        if (message.startsWith("successfully loaded")) {
            draft.kind(EventKind.MODEL_LOAD);
        }
        int version = message.indexOf("' version ");
        draft.attribute("model_version", version < 0 ? null : message.substring(version + 10));
    }

    private static void stub(Draft draft, ParseContext context) {
        if (!Teardown.isUnderWay(draft, context)) {
            draft.kind(EventKind.PROCESS_EXIT).atLeast(Severity.ERROR).attribute("outcome", "failure");
        }
    }

    private static @Nullable String quoted(String message) {
        int from = message.indexOf('\'');
        int to = message.indexOf('\'', from + 1);
        return to < 0 ? null : message.substring(from + 1, to);
    }
}
