package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;
import org.jspecify.annotations.Nullable;

/**
 * LLaMA-Factory's {@code trainer_log.jsonl}: {@code {"current_steps": 10, "total_steps": 3000, "loss": 0.7, …,
 * "remaining_time": "1 day, 2:03:04"}}.
 */
public final class LlamaFactoryParser extends JobFormat {

    public LlamaFactoryParser() {
        super("llama-factory");
    }

    @Override
    public String beginnings() {
        return "{";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("{\"current_steps\":");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        if (!FlatJson.read(text, (key, value, number) -> pair(key, value, draft))) {
            return ParseResult.UNRECOGNISED;
        }
        Measures measures = draft.measures().build();
        boolean evaluation = measures.has("eval_loss") && !measures.has("loss");
        draft.kind(evaluation ? EventKind.EVALUATION_RESULT : EventKind.TRAINING_STEP);
        MetricCells.grade(draft);
        return draft.parsed();
    }

    private static void pair(String key, String value, Draft draft) {
        switch (key) {
            case "current_steps" -> put(key, "step", 1, value, draft);
            case "total_steps" -> put(key, "total_steps", 1, value, draft);
            case "percentage" -> put(key, "progress_ratio", 0.01, value, draft);
            case "elapsed_time" -> duration(key, "elapsed_seconds", value, draft);
            case "remaining_time" -> duration(key, "remaining_seconds", value, draft);
            case "throughput" -> put(key, "tokens_per_second", 1, value, draft);
            case "total_tokens" -> put(key, "consumed_tokens", 1, value, draft);
            default -> put(key, MetricNames.of(key), 1, value, draft);
        }
    }

    private static void put(String key, @Nullable String name, double scale, String value, Draft draft) {
        MetricCells.put(key, name, scale, value, 0, value.length(), draft);
    }

    /** Python's timedelta: {@code 0:05:12}, {@code 3 days, 17:51:32}. */
    private static void duration(String key, String name, String value, Draft draft) {
        Cursor cursor = new Cursor(value);
        long first = cursor.number();
        long days = 0;
        if (first >= 0 && (cursor.take(" days, ") || cursor.take(" day, "))) {
            days = first;
            first = cursor.number();
        }
        long minutes = first >= 0 && cursor.take(':') ? cursor.number() : -1;
        long seconds = minutes >= 0 && cursor.take(':') ? cursor.number() : -1;
        if (seconds < 0) {
            draft.attribute(key, value);
        } else {
            draft.measure(name, 86_400.0 * days + 3600.0 * first + 60.0 * minutes + seconds);
        }
    }
}
