package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.Signals;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** What vLLM writes at WARNING and above, told apart by its words: deaths, failed starts, preemption, clients' errors. */
final class VllmFaults {

    private static final String TRACEBACK = "Traceback (most recent call last)";

    private VllmFaults() {}

    /** {@code [shutdown] …}: an orderly end. */
    static void shutdown(String message, Draft draft) {
        if (message.contains("trigger received signal=")) {
            draft.kind(EventKind.ENGINE_STOP);
            double signal = Signals.numberOf(message.substring(message.indexOf("signal=") + 7));
            if (signal > 0) {
                draft.measure("signal", signal);
            }
        } else if (message.contains("shutdown triggered")) {
            draft.kind(EventKind.ENGINE_STOP);
        }
    }

    static void read(String message, Draft draft, ParseContext context) {
        if (message.startsWith("Sequence group ") && message.contains(" is preempted by ")) {
            draft.kind(EventKind.INFERENCE_PREEMPTION);
            Texts.number(draft, "preemptions_total", message, "total_cumulative_preemption_cnt=");
            mode(message, draft);
        } else if (isClientError(message)) {
            // The client's fault, written at ERROR with a traceback.
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        } else if (isLoadFailure(message)) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE);
        } else if (isDeath(message)) {
            death(message, draft, context);
        } else if (message.startsWith("Error in ") && message.contains("generator")) {
            draft.kind(EventKind.REQUEST_ERROR);
        } else if (message.startsWith("Triton kernel JIT compilation during inference: ")) {
            int end = message.indexOf(". ", 48);
            draft.attribute("kernel", message.substring(48, end < 0 ? message.length() : end));
        } else {
            Faults.refine(draft);
        }
    }

    private static void mode(String message, Draft draft) {
        int at = message.indexOf("PreemptionMode.");
        if (at >= 0) {
            draft.attribute("mode", new Cursor(message, at + 15).word());
        }
    }

    private static void death(String message, Draft draft, ParseContext context) {
        if (message.contains(" proc ")) {
            draft.attribute("process", new Cursor(message, message.indexOf(" proc ") + 6).word());
        }
        if (Teardown.isUnderWay(draft, context)) {
            draft.severity(Severity.INFO);
        } else {
            draft.kind(EventKind.ENGINE_DEATH).atLeast(Severity.ERROR);
        }
    }

    private static boolean isClientError(String message) {
        return message.contains("maximum context length is ")
                || message.contains("longer than the maximum model length of ")
                || message.startsWith("Error in preprocessing prompt inputs");
    }

    private static boolean isDeath(String message) {
        return (message.startsWith("Engine core proc ") && message.contains("died unexpectedly"))
                || (message.startsWith("Worker proc ") && message.contains("died unexpectedly"))
                || message.startsWith("AsyncLLM output_handler failed")
                || message.startsWith("EngineCore encountered a fatal error")
                || message.startsWith("EngineCore hit an exception")
                || (message.startsWith("TimeoutError: RPC call to ") && message.contains(" timed out"))
                || (message.contains("EngineDeadError: ") && (message.startsWith("vllm.") || hasTraceback(message)));
    }

    private static boolean hasTraceback(String message) {
        return message.startsWith(TRACEBACK) || message.contains("\n" + TRACEBACK);
    }

    private static boolean isLoadFailure(String message) {
        return message.startsWith("EngineCore failed to start")
                || message.contains("Engine core initialization failed.")
                || message.startsWith("ValueError: Free memory on device")
                || message.contains("\nValueError: Free memory on device")
                || message.contains("No available memory for the cache blocks")
                || message.contains("larger than the maximum number of tokens that can be stored in KV cache");
    }
}
