package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;

/**
 * The logger of Hugging Face's libraries, {@code [INFO|trainer.py:1145] 2026-03-01 10:00:00,123 >> text}, and
 * LLaMA-Factory's turn of it, {@code [INFO|2026-03-01 10:00:00] file.py:12 >> text}.
 */
public final class TransformersParser extends JobFormat {

    TransformersParser() {
        super("transformers");
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() > 24 && text.charAt(2) == '/' && text.charAt(5) == '/') {
            return text.startsWith(" - ", 19);
        }
        if (text.startsWith("***** ") || text.startsWith("  ")) {
            return isReport(text);
        }
        int bar = text.startsWith("[") ? text.indexOf('|') : -1;
        return bar >= 5 && bar <= 9;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        if (isReport(text)) {
            return report(text);
        }
        if (text.charAt(0) != '[') {
            return example(text, context);
        }
        Cursor cursor = new Cursor(text, 1);
        String level = cursor.until('|');
        int severity = level == null ? 0 : SeverityWords.numberOf(level);
        if (severity == 0 || level == null) {
            return ParseResult.UNRECOGNISED;
        }
        Instant time = context.timestamps().iso(cursor);
        if (cursor.until("] ") == null) {
            return ParseResult.UNRECOGNISED;
        }
        if (time == null) {
            time = context.timestamps().iso(cursor);
        }
        if (cursor.until(">> ") == null) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).severity(severity, level).message(cursor.rest());
        trainer(draft.message(), draft);
        return draft.parsed();
    }

    /** {@code ***** eval metrics *****} and the table below it, {@code   eval_loss   =     1.8}. */
    private static boolean isReport(String text) {
        if (text.startsWith("***** ")) {
            return text.endsWith(" metrics *****");
        }
        return text.contains(" = ")
                && (text.startsWith("  train_")
                        || text.startsWith("  eval_")
                        || text.startsWith("  predict_")
                        || text.startsWith("  test_")
                        || text.startsWith("  epoch ")
                        || text.startsWith("  total_flos "));
    }

    private ParseResult report(String text) {
        Draft draft = new Draft(this).message(text.strip());
        for (String row : text.split("\n", 64)) {
            int equals = row.indexOf(" = ");
            if (equals > 0) {
                String key = row.substring(0, equals).strip();
                int value = new Cursor(row, equals + 3).spaces().position();
                int end = Math.max(value, row.stripTrailing().length());
                MetricCells.put(key, MetricNames.of(key), 1, row, value, end, draft);
            }
        }
        boolean evaluation = draft.measures().build().has("eval_loss");
        return draft.kind(evaluation ? EventKind.EVALUATION_RESULT : EventKind.LOG_OTHER)
                .parsed();
    }

    /** {@code 03/01/2026 10:00:00 - INFO - __main__ - text}, as the example scripts and Accelerate set it up. */
    private ParseResult example(String text, ParseContext context) {
        String date = text.substring(6, 10)
                + '-'
                + text.substring(0, 2)
                + '-'
                + text.substring(3, 5)
                + text.substring(10, 19);
        Instant time = context.timestamps().iso(new Cursor(date));
        Cursor cursor = new Cursor(text, 22);
        String level = cursor.until(" - ");
        int severity = level == null ? 0 : SeverityWords.numberOf(level);
        String logger = severity == 0 ? null : cursor.until(" - ");
        if (time == null || level == null || logger == null) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this)
                .at(time)
                .severity(severity, level)
                .message(cursor.rest().strip());
        draft.attribute("logger", logger);
        trainer(draft.message(), draft);
        return draft.parsed();
    }

    private static void trainer(String message, Draft draft) {
        if (message.strip().startsWith("***** Running training *****")) {
            draft.kind(EventKind.TRAINING_START);
        } else if (message.strip().startsWith("***** Running Evaluation *****")) {
            draft.kind(EventKind.EVALUATION_BEGIN);
        } else if (message.startsWith("Saving model checkpoint to ")) {
            String path =
                    message.substring("Saving model checkpoint to ".length()).strip();
            draft.kind(EventKind.CHECKPOINT_BEGIN).attribute("path", path);
            int step = path.lastIndexOf("checkpoint-");
            if (step >= 0) {
                Numbers.put(draft.measures(), "step", 1, path, step + "checkpoint-".length(), path.length());
            }
        } else if (message.startsWith("Loading model from ")
                || message.startsWith("Continuing training from checkpoint")) {
            draft.attribute("start", "checkpoint");
        } else if (message.strip().startsWith("Training completed.")) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "success");
        } else if (draft.severityNumber() >= Severity.WARN.number()) {
            Faults.refine(draft);
        }
    }
}
