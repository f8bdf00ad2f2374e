package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.EventKind;
import java.time.Instant;

/**
 * torchtitan: {@code [titan] 2026-03-01 10:00:00,123 - root - INFO - step:  1  loss: 12.23  grad_norm: 1.5  memory:
 * 0.95GiB(1.2%)  tps: 1,234  tflops: 12.34  mfu: 3.96%}.
 */
public final class TorchTitanParser extends JobFormat {

    public TorchTitanParser() {
        super("torchtitan");
    }

    @Override
    public String beginnings() {
        return "[";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("[titan] ");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, "[titan] ".length());
        Instant time = context.timestamps().iso(cursor);
        String logger = time != null && cursor.take(" - ") ? cursor.until(" - ") : null;
        String level = logger == null ? null : cursor.until(" - ");
        int severity = level == null ? 0 : SeverityWords.numberOf(level);
        if (severity == 0 || level == null) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).severity(severity, level).message(cursor.rest());
        draft.attribute("logger", logger);
        message(draft.message(), draft);
        return draft.parsed();
    }

    private static void message(String message, Draft draft) {
        Cursor cursor = new Cursor(message);
        if (cursor.take("step:") || cursor.take("validate step:")) {
            boolean validation = message.startsWith("validate");
            long step = cursor.spaces().number();
            if (step >= 0) {
                draft.kind(validation ? EventKind.EVALUATION_RESULT : EventKind.TRAINING_STEP);
                draft.measure("step", step);
                cells(message, cursor.position(), validation, draft);
            }
        } else if (message.startsWith("Training starts at step ")) {
            draft.kind(EventKind.TRAINING_START);
            Steps.after(message, "Training starts at step ", draft);
        } else if (message.startsWith("Training completed")) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "success");
        } else if (message.startsWith("Saving the checkpoint")
                || message.startsWith("Saving a full checkpoint")
                || message.startsWith("Saving a model only checkpoint")) {
            draft.kind(EventKind.CHECKPOINT_BEGIN);
        } else if (message.startsWith("Finished saving the checkpoint")) {
            draft.kind(EventKind.CHECKPOINT_END);
        } else {
            Faults.refine(draft);
        }
    }

    private static void cells(String message, int from, boolean validation, Draft draft) {
        int start = from;
        while (start < message.length()) {
            int colon = message.indexOf(": ", start);
            if (colon < 0) {
                break;
            }
            // The value is padded with blanks; the next pair begins behind two of them.
            int value = new Cursor(message, colon + 1).spaces().position();
            int end = message.indexOf("  ", value);
            end = end < 0 ? message.length() : end;
            String key = message.substring(start, colon).strip();
            if (validation && key.equals("loss")) {
                MetricCells.put(key, "eval_loss", 1, message, value, end, draft);
            } else if (key.equals("memory")) {
                memory(message, value, end, draft);
            } else {
                MetricCells.read(
                        key + ": " + message.substring(value, end), 0, key.length() + 2 + end - value, "  ", draft);
            }
            start = end;
        }
        MetricCells.grade(draft);
    }

    /** {@code 0.95GiB(1.20%)}: the peak of reserved memory and its share of the device. */
    private static void memory(String message, int from, int to, Draft draft) {
        int open = message.indexOf('(', from);
        int end = open < 0 || open > to ? to : open;
        MetricCells.read("memory: " + message.substring(from, end), 0, 8 + end - from, "  ", draft);
        int percent = open < 0 ? -1 : message.indexOf('%', open);
        if (percent > 0 && percent < to) {
            MetricCells.put("memory", "memory_usage_ratio", 0.01, message, open + 1, percent, draft);
        }
    }
}
