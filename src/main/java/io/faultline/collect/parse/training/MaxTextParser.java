package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;

/**
 * MaxText: {@code completed step: 10, seconds: 1.2, TFLOP/s/device: 150.1, Tokens/s/device: 3000.1, total_weights: 8192,
 * loss: 9.1} and {@code eval metrics after step: 10, loss=9.1, total_weights=8192}.
 */
public final class MaxTextParser extends JobFormat {

    private static final String STEP = "completed step: ";
    private static final String EVALUATION = "eval metrics after step: ";

    public MaxTextParser() {
        super("maxtext");
    }

    @Override
    public String beginnings() {
        return "ce";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith(STEP) || text.startsWith(EVALUATION);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        boolean training = text.startsWith(STEP);
        Cursor cursor = new Cursor(text, training ? STEP.length() : EVALUATION.length());
        long step = cursor.number();
        if (step < 0) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(text).measure("step", step);
        draft.kind(training ? EventKind.TRAINING_STEP : EventKind.EVALUATION_RESULT);
        int start = cursor.take(", ") ? cursor.position() : text.length();
        while (start < text.length()) {
            int end = text.indexOf(", ", start);
            end = end < 0 ? text.length() : end;
            cell(text, start, end, training, draft);
            start = end + 2;
        }
        MetricCells.grade(draft);
        return draft.parsed();
    }

    private static void cell(String text, int from, int to, boolean training, Draft draft) {
        int colon = text.indexOf(": ", from);
        int equals = text.indexOf('=', from);
        boolean pair = colon > from && colon < to;
        int at = pair ? colon : equals;
        if (at <= from || at >= to) {
            return;
        }
        String key = text.substring(from, at);
        String name = key.equals("loss") && !training ? "eval_loss" : MetricNames.of(key);
        MetricCells.put(key, name, 1, text, at + (pair ? 2 : 1), to, draft);
    }
}
