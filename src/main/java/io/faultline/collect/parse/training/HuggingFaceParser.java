package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of Hugging Face's Trainer: a Python dict, not JSON, as {@code {'loss': 2.31, 'epoch': 0.12}} or, in newer
 * releases, with every number in quotes.
 */
public final class HuggingFaceParser implements FormatParser {

    @Override
    public String name() {
        return "hf-trainer";
    }

    @Override
    public Family family() {
        return Family.TRAINING;
    }

    @Override
    public String beginnings() {
        return "{";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("{'");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        int end = pairs(text, draft);
        progress(context.attributes().get("progress"), draft);
        Measures measures = draft.measures().build();
        boolean step = measures.has("loss") || (measures.has("grad_norm") && measures.has("learning_rate"));
        boolean evaluation = measures.has("eval_loss") || measures.has("eval_seconds") || text.startsWith("{'eval_");
        boolean finished = text.contains("'train_runtime': ");
        if (end < 0 || !(step || evaluation || finished)) {
            return ParseResult.UNRECOGNISED;
        }
        draft.kind(step ? EventKind.TRAINING_STEP : EventKind.EVALUATION_RESULT);
        if (finished) {
            // Written once train() has returned: no more steps are to be expected of this process.
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "success");
        }
        if (!Double.isFinite(measures.getOr("loss", 0)) || !Double.isFinite(measures.getOr("eval_loss", 0))) {
            draft.severity(Severity.ERROR);
        } else if (!Double.isFinite(measures.getOr("grad_norm", 0))) {
            draft.severity(Severity.WARN);
        }
        return draft.parsed();
    }

    /** {@code 12/400} of the progress bar on the same line: the dict itself tells no step. */
    private static void progress(@Nullable String bar, Draft draft) {
        int slash = bar == null || draft.measures().build().has("step") ? -1 : bar.indexOf('/');
        if (bar != null && slash > 0) {
            Numbers.put(draft.measures(), "step", 1, bar, 0, slash);
            Numbers.put(draft.measures(), "total_steps", 1, bar, slash + 1, bar.length());
        }
    }

    /** Reads the pairs of a dict; the place behind it, or -1 where it is none. */
    private static int pairs(String text, Draft draft) {
        int at = 1;
        while (at < text.length() && text.charAt(at) == '\'') {
            int keyEnd = text.indexOf("': ", at + 1);
            if (keyEnd < 0) {
                return -1;
            }
            int valueEnd = valueEnd(text, keyEnd + 3);
            if (valueEnd < 0) {
                return -1;
            }
            pair(text.substring(at + 1, keyEnd), text, keyEnd + 3, valueEnd, draft);
            at = valueEnd;
            if (text.charAt(at) == '}') {
                return at + 1;
            }
            at += 1;
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }
        return -1;
    }

    /** Where the value that begins here ends: at a comma or the closing brace outside of quotes and brackets. */
    private static int valueEnd(String text, int from) {
        int depth = 0;
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '[' || c == '(' || c == '{') {
                depth++;
            } else if (depth == 0 && (c == ',' || c == '}')) {
                return i;
            } else if (c == ']' || c == ')' || c == '}') {
                depth--;
            }
        }
        return -1;
    }

    private static void pair(String key, String text, int from, int to, Draft draft) {
        boolean quoted = to - from >= 2 && text.charAt(from) == '\'' && text.charAt(to - 1) == '\'';
        int start = quoted ? from + 1 : from;
        int end = quoted ? to - 1 : to;
        if (text.startsWith("tensor(", start)) {
            start += "tensor(".length();
            int close = start;
            while (close < end && text.charAt(close) != ',' && text.charAt(close) != ')') {
                close++;
            }
            end = close;
        }
        String name = nameOf(key);
        if (name == null || !Numbers.put(draft.measures(), name, 1, text, start, end)) {
            draft.attribute(key, text.substring(start, end));
        }
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "loss" -> "loss";
            case "train_loss" -> "train_loss";
            case "grad_norm" -> "grad_norm";
            case "learning_rate" -> "learning_rate";
            case "epoch" -> "epoch";
            case "step" -> "step";
            case "num_tokens" -> "consumed_tokens";
            case "step_time" -> "step_time_seconds";
            case "eval_loss" -> "eval_loss";
            case "eval_runtime" -> "eval_seconds";
            case "train_samples_per_second" -> "samples_per_second";
            case "train_tokens_per_second" -> "tokens_per_second";
            case "train_runtime" -> "elapsed_seconds";
            case "reward" -> "reward_mean";
            case "kl", "objective/kl" -> "kl_divergence";
            case "entropy" -> "entropy";
            case "completions/mean_length", "completion_length" -> "response_tokens_mean";
            default -> null;
        };
    }
}
