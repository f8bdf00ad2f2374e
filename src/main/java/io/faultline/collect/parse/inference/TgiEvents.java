package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** What TGI's fields and messages mean, in text and JSON alike. */
final class TgiEvents {

    private TgiEvents() {}

    /** Prompts stand in the spans of some routes; they are no facts of the event. */
    static void field(String key, String value, Draft draft) {
        String measure = measureOf(key);
        if (measure != null) {
            if (!Durations.put(draft, measure, value)) {
                draft.attribute(key, value);
            }
        } else if (!key.equals("inputs") && !key.equals("prompt") && !key.equals("messages") && !key.equals("req")) {
            draft.attribute(key, value);
        }
    }

    private static @Nullable String measureOf(String key) {
        return switch (key) {
            case "total_time" -> "duration_seconds";
            case "validation_time" -> "validation_seconds";
            case "queue_time" -> "queue_seconds";
            case "inference_time" -> "inference_seconds";
            case "time_per_token" -> "time_per_token_seconds";
            default -> null;
        };
    }

    static void classify(Draft draft, ParseContext context) {
        String message = draft.message();
        if (message.startsWith("Success")) {
            draft.kind(EventKind.INFERENCE_REQUEST);
        } else if (message.startsWith("Failed to import python tokenizer")) {
            // Written at ERROR; the Rust tokenizer is used in its place.
            draft.severity(Severity.INFO);
        } else if (draft.severityNumber() >= Severity.WARN.number()) {
            trouble(message, draft, context);
        } else {
            life(message, draft);
        }
    }

    private static void life(String message, Draft draft) {
        if (message.startsWith("Args {")) {
            draft.kind(EventKind.ENGINE_START).attribute("model", argument(message, "model_id: \""));
        } else if (message.startsWith("Shard ready in ")) {
            int end = message.indexOf(' ', 15);
            Durations.put(draft, "load_seconds", message, 15, end < 0 ? message.length() : end);
            draft.kind(EventKind.MODEL_LOAD);
        } else if (message.startsWith("Setting max batch total tokens to ")) {
            draft.kind(EventKind.MODEL_LOAD);
            Texts.number(draft, "kv_cache_tokens", message, "tokens to ");
        } else if (message.startsWith("signal received, starting graceful shutdown")
                || message.startsWith("Terminating webserver")) {
            draft.kind(EventKind.ENGINE_STOP);
        }
    }

    private static @Nullable String argument(String message, String after) {
        int from = message.indexOf(after);
        int to = from < 0 ? -1 : message.indexOf('"', from + after.length());
        return to < 0 ? null : message.substring(from + after.length(), to);
    }

    private static void trouble(String message, Draft draft, ParseContext context) {
        if (message.startsWith("Shard ") && isDeath(message)) {
            death(message, draft, context);
        } else if (message.startsWith("Webserver Crashed")) {
            death(message, draft, context);
        } else if (isLoadFailure(message)) {
            Faults.refine(draft);
            draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR);
        } else if (message.contains("nput validation error: ")) {
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        } else {
            Faults.refine(draft);
            boolean request = message.startsWith("Method ")
                    || message.startsWith("Request failed during generation")
                    || message.startsWith("Server error: ")
                    || message.startsWith("Model is overloaded");
            if (request && draft.kind() == EventKind.LOG_OTHER) {
                draft.kind(EventKind.REQUEST_ERROR);
            }
        }
    }

    private static boolean isDeath(String message) {
        return message.endsWith(" crashed")
                || message.startsWith("Shard process was signaled to shutdown with signal ");
    }

    private static boolean isLoadFailure(String message) {
        return message.startsWith("Method Warmup encountered an error")
                || message.startsWith("Shard complete standard error output")
                || message.startsWith("Shard cannot start")
                || message.startsWith("Shards failed to start")
                || message.startsWith("Download encountered an error")
                || (message.startsWith("Shard ") && message.contains(" failed to start"));
    }

    private static void death(String message, Draft draft, ParseContext context) {
        Texts.number(draft, "signal", message, "with signal ");
        if (Teardown.isUnderWay(draft, context)) {
            draft.severity(Severity.INFO);
        } else {
            draft.kind(EventKind.ENGINE_DEATH).atLeast(Severity.ERROR);
        }
    }
}
