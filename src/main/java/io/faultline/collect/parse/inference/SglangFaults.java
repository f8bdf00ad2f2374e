package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.Traceback;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** What goes wrong in SGLang, which writes no level: told and graded by its words alone. */
final class SglangFaults {

    private SglangFaults() {}

    /** Whether the message is one of them. */
    static boolean read(String message, Draft draft, ParseContext context) {
        return memory(message, draft) || end(message, draft, context) || request(message, draft) || refined(draft);
    }

    private static boolean memory(String message, Draft draft) {
        boolean full = message.startsWith("KV cache pool is full. Retract requests.");
        if (full || message.startsWith("Decode out of memory happened.")) {
            draft.kind(EventKind.INFERENCE_PREEMPTION).severity(Severity.WARN);
            Texts.number(draft, "preemptions", message, "#retracted_reqs: ");
            Texts.number(draft, "gained_tokens", message, "#new_tokens_gained: ");
            Texts.number(draft, "new_token_ratio", message, " -> ");
            return true;
        }
        if (message.startsWith("Prefill out of memory.") || message.startsWith("Decode out of memory.")) {
            draft.kind(EventKind.MEMORY_EXHAUSTED).severity(Severity.ERROR).attribute("memory", "gpu");
            return true;
        }
        if (message.contains("memory leak detected!")) {
            draft.severity(Severity.ERROR);
            return true;
        }
        if (message.contains("Not enough memory. Please try to increase --mem-fraction-static")) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE).severity(Severity.ERROR);
            return true;
        }
        return false;
    }

    private static boolean end(String message, Draft draft, ParseContext context) {
        if (message.startsWith("SIGTERM received.") || message.startsWith("Gracefully exiting...")) {
            draft.kind(EventKind.ENGINE_STOP);
            if (message.startsWith("SIGTERM")) {
                draft.measure("signal", 15);
            }
            return true;
        }
        if (message.startsWith("SIGQUIT received.") || message.startsWith("Received sigquit from a child process")) {
            death("child", draft, context);
            return true;
        }
        if (message.startsWith("Subprocess ") && message.contains(" crashed with exit code ")) {
            crash(message, draft, context);
            return true;
        }
        int watchdog = message.indexOf("atchdog timeout (");
        if (watchdog >= 0 && watchdog < 64) {
            Texts.number(draft, "timeout_seconds", message, "watchdog_timeout=");
            if (message.contains("soft=True")) {
                draft.severity(Severity.WARN).attribute("reason", "watchdog");
            } else {
                death("watchdog", draft, context);
            }
            return true;
        }
        int hit = message.indexOf(" hit an exception: ");
        if (hit > 0 && hit < 48 && message.indexOf(' ') == hit) {
            Traceback.read(message, hit, draft);
            draft.attribute("process", message.substring(0, hit));
            death("exception", draft, context);
            return true;
        }
        return false;
    }

    /** A child that ended by SIGTERM is a victim of whoever sent it. */
    private static void crash(String message, Draft draft, ParseContext context) {
        draft.attribute("process", message.substring(11, message.indexOf(' ', 11)));
        Texts.number(draft, "exit_code", message, "exit code ");
        if (!message.contains("exit code -15")) {
            death("child", draft, context);
        } else if (!Teardown.isUnderWay(draft, context)) {
            draft.kind(EventKind.PROCESS_EXIT).severity(Severity.WARN).attribute("outcome", "terminated");
        }
    }

    private static void death(String reason, Draft draft, ParseContext context) {
        if (Teardown.isUnderWay(draft, context)) {
            draft.kind(EventKind.LOG_OTHER).severity(Severity.INFO);
        } else {
            draft.kind(EventKind.ENGINE_DEATH).atLeast(Severity.ERROR).attribute("reason", reason);
        }
    }

    private static boolean request(String message, Draft draft) {
        if (message.startsWith("Health check failed.")) {
            draft.kind(EventKind.HEALTH_CHECK).severity(Severity.ERROR);
            return true;
        }
        boolean client = message.startsWith("Request length ")
                || (message.startsWith("Input length (") && message.contains(" exceeds the maximum allowed length"))
                || (message.startsWith("The input (") && message.contains("longer than the model's context length"));
        if (client) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        }
        return client;
    }

    private static boolean refined(Draft draft) {
        Faults.refine(draft);
        return draft.kind() != EventKind.LOG_OTHER;
    }
}
