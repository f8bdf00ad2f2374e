package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import org.jspecify.annotations.Nullable;

/**
 * SGLang's {@code Decode batch, …} and {@code Prefill batch, …} of all generations.
 *
 * <p>A throughput is over the time since the last line of its kind, idling included, so the first one after a pause is
 * near 0 and says nothing. It is kept apart, as {@code idle_generation_tokens_per_second} and
 * {@code idle_prompt_tokens_per_second}: such a line covers more than {@link #LONGEST_SECONDS}, which its own numbers tell.
 * None at all is told as it is: no pause is so long, the engine turns without a token.
 */
final class SglangBatch {

    /** What a line covers at most while the engine is busy. */
    private static final double LONGEST_SECONDS = 30;

    /** So many decode steps are between two lines, unless {@code --decode-log-interval} says another number. */
    private static final double STEPS = 40;

    private SglangBatch() {}

    /** Fills the draft; false where the message is no such line. */
    static boolean read(String message, Draft draft) {
        boolean decode = message.startsWith("Decode batch");
        if (!decode && !message.startsWith("Prefill batch")) {
            return false;
        }
        int at = decode ? 12 : 13;
        if (message.startsWith(" [", at)) {
            int close = message.indexOf(']', at);
            if (close > 0) {
                Texts.numberAt(draft, "iteration", 1, message, at + 2);
                at = close + 1;
            }
        }
        if (!message.startsWith(", ", at) && !message.startsWith(". ", at)) {
            return false;
        }
        draft.kind(EventKind.INFERENCE_STATS).attribute("batch", decode ? "decode" : "prefill");
        boolean idle = decode ? isDecodeAfterPause(message) : isPrefillAfterPause(message);
        Cells.read(message, at + 2, ": ", idle ? SglangBatch::nameAfterPause : SglangBatch::nameOf, draft);
        return true;
    }

    private static boolean isDecodeAfterPause(String message) {
        double speed = after(message, "gen throughput (token/s): ");
        double requests = Math.max(1, after(message, "#running-req: "));
        double perStep = Math.max(1, after(message, "accept len: "));
        return speed > 0 && STEPS * requests * perStep > speed * LONGEST_SECONDS;
    }

    private static boolean isPrefillAfterPause(String message) {
        double speed = after(message, "input throughput (token/s): ");
        double tokens = Math.max(1, after(message, "#new-token: "));
        return speed >= 0 && tokens > speed * LONGEST_SECONDS;
    }

    /** The number behind some words, or -1. */
    private static double after(String message, String words) {
        int found = message.indexOf(words);
        if (found < 0) {
            return -1;
        }
        int from = found + words.length();
        Measures.Builder number = Measures.builder();
        Numbers.put(number, "number", 1, message, from, Texts.endOfNumber(message, from));
        return number.build().getOr("number", -1);
    }

    private static @Nullable String nameAfterPause(String key) {
        return switch (key) {
            case "gen throughput (token/s)" -> "idle_generation_tokens_per_second";
            case "input throughput (token/s)" -> "idle_prompt_tokens_per_second";
            default -> nameOf(key);
        };
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "#running-req" -> "running_requests";
            case "#queue-req" -> "waiting_requests";
            case "#new-seq" -> "new_requests";
            case "#new-token" -> "new_tokens";
            case "#cached-token" -> "cached_tokens";
            case "#pending-token" -> "pending_tokens";
            case "#token", "#full token" -> "used_tokens";
            case "#swa token" -> "swa_used_tokens";
            case "token usage", "full token usage" -> "kv_cache_usage_ratio";
            case "swa token usage" -> "swa_cache_usage_ratio";
            case "mamba usage" -> "mamba_cache_usage_ratio";
            case "cache hit rate" -> "prefix_cache_hit_ratio";
            case "accept len" -> "acceptance_length";
            case "accept rate" -> "acceptance_ratio";
            case "pre-allocated usage" -> "preallocated_usage_ratio";
            case "#prealloc-req", "#unbootstrapped-req" -> "preallocated_requests";
            case "#transfer-req", "#transferring-req", "#inflight-req" -> "transferring_requests";
            case "#retracted-req" -> "retracted_requests";
            case "gen throughput (token/s)" -> "generation_tokens_per_second";
            case "input throughput (token/s)" -> "prompt_tokens_per_second";
            case "est. decode TFLOPS/s (per GPU)", "est. prefill TFLOPS/s (per GPU)" -> "tflops_per_gpu";
            default -> null;
        };
    }
}
