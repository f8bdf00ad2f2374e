package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import org.jspecify.annotations.Nullable;

/** verl's step: {@code step:1 - timing/gen:23.020 - critic/vf_loss:18.472 - …}, sixty pairs and more on one line. */
public final class VerlParser extends JobFormat {

    private static final String SEPARATOR = " - ";

    public VerlParser() {
        super("verl");
    }

    @Override
    public String beginnings() {
        return "s";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("step:");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, "step:".length());
        long step = cursor.number();
        if (step < 0 || !cursor.take(SEPARATOR)) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft =
                new Draft(this).kind(EventKind.TRAINING_STEP).message(text).measure("step", step);
        int start = cursor.position();
        while (start < text.length()) {
            int end = text.indexOf(SEPARATOR, start);
            end = end < 0 ? text.length() : end;
            // A key may hold colons; a value does not.
            int colon = Cursor.lastIn(text, ':', start, end);
            if (colon > start) {
                String key = text.substring(start, colon);
                MetricCells.put(key, nameOf(key), 1, text, colon + 1, end, draft);
            }
            start = end + SEPARATOR.length();
        }
        if (!draft.measures().build().has("loss") && onlyValidates(text)) {
            draft.kind(EventKind.EVALUATION_RESULT);
        }
        MetricCells.grade(draft);
        return draft.parsed();
    }

    /** A validation writes keys under {@code val} only. */
    private static boolean onlyValidates(String text) {
        return text.contains(" - val") && !text.contains("actor/") && !text.contains("critic/");
    }

    private static @Nullable String nameOf(String key) {
        return switch (key) {
            case "actor/pg_loss", "train/loss" -> "loss";
            case "actor/grad_norm", "train/grad_norm" -> "grad_norm";
            case "actor/lr", "train/lr" -> "learning_rate";
            case "actor/entropy_loss", "actor/entropy" -> "entropy";
            case "critic/rewards/mean", "critic/score/mean" -> key.equals("critic/rewards/mean") ? "reward_mean" : null;
            case "response_length/mean" -> "response_tokens_mean";
            case "actor/kl_loss", "actor/ppo_kl" -> key.equals("actor/ppo_kl") ? "kl_divergence" : null;
            case "timing_s/step", "timing/step", "perf/time_per_step" -> "step_time_seconds";
            case "perf/throughput" -> "tokens_per_gpu_per_second";
            case "perf/mfu/actor" -> "mfu_ratio";
            case "global_step", "training/global_step" -> "step";
            case "training/epoch" -> "epoch";
            default -> null;
        };
    }
}
