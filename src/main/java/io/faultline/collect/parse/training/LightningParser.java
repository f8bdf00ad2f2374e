package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import java.time.Instant;

/**
 * Lightning, as NeMo drives it: {@code Training epoch 0, iteration 45/99 | lr: 6.9e-06 | …} of NeMo 2, the progress bar
 * with numbers in it of NeMo 1, and what the Trainer says around them.
 */
public final class LightningParser extends JobFormat {

    private static final String[] PRINTS = {
        "GPU available: ",
        "TPU available: ",
        "IPU available: ",
        "HPU available: ",
        "LOCAL_RANK: ",
        "`Trainer(",
        "`Trainer.fit`",
        "Restoring states from the checkpoint path",
        "Restored all states from the checkpoint",
        "distributed_backend=",
        "All distributed processes registered",
        "Trainer already configured with model summary callbacks",
        "You are using a CUDA device",
        "Using bfloat16 Automatic Mixed Precision",
        "Using 16bit Automatic Mixed Precision",
        "Sanity Checking",
        "Validation DataLoader",
        "Global seed set to ",
        "Lightning automatically upgraded your loaded checkpoint",
        "Seed set to "
    };

    public LightningParser() {
        super("lightning");
    }

    @Override
    public String beginnings() {
        return "AEGHILRSTUVY[`d";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 10) {
            return false;
        }
        return switch (text.charAt(0)) {
            case 'T', 'V', 'E', 'I', 'G', 'H', 'L', '`', 'R', 'd', 'A', '[', 'Y', 'U', 'S' -> true;
            default -> false;
        };
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        Cursor cursor = new Cursor(text);
        if (cursor.take('[')) {
            Instant time = context.timestamps().iso(cursor);
            if (time == null || !cursor.take("] ")) {
                return ParseResult.UNRECOGNISED;
            }
            draft.at(time).message(cursor.rest());
        }
        String line = draft.message();
        boolean epoch = line.startsWith("Training epoch ") || line.startsWith("Validation epoch ");
        boolean known =
                epoch ? iteration(line, draft) : line.startsWith("Epoch ") ? bar(line, draft) : around(line, draft);
        return known ? draft.parsed() : ParseResult.UNRECOGNISED;
    }

    /** {@code Training epoch 0, iteration 45/99 | lr: 6.9e-06 | global_step: 45 | train_step_timing in s: 6.08 | …}. */
    private static boolean iteration(String line, Draft draft) {
        int bar = line.indexOf(" | ");
        int iteration = line.indexOf(", iteration ");
        if (iteration < 0) {
            return false;
        }
        boolean training = line.charAt(0) == 'T';
        draft.kind(training ? EventKind.TRAINING_STEP : EventKind.EVALUATION_RESULT);
        Steps.number(line, " epoch ", "epoch", 1, draft);
        Cursor cursor = new Cursor(line, iteration + ", iteration ".length());
        long step = cursor.number();
        long last = cursor.take('/') ? cursor.number() : -1;
        int start = bar < 0 ? line.length() : bar + 3;
        cells(line, start, draft);
        if (step >= 0 && training && !draft.measures().build().has("step")) {
            draft.measure("step", step);
        }
        if (last >= 0 && training) {
            // The last iteration is written, counted from 0.
            draft.measure("total_steps", last + 1);
        }
        MetricCells.grade(draft);
        return true;
    }

    private static void cells(String line, int from, Draft draft) {
        int start = from;
        while (start < line.length()) {
            int end = line.indexOf('|', start);
            end = end < 0 ? line.length() : end;
            int colon = Cursor.lastIn(line, ':', start, end);
            if (colon > start) {
                String key = line.substring(start, colon).strip();
                MetricCells.put(key, MetricNames.of(key), 1, line, colon + 1, end, draft);
            }
            start = end + 1;
        }
    }

    /**
     * {@code Epoch 0: :   6%|… | 32040/500150 [6:28:43<94:39:17, 1.37it/s, reduced_train_loss=2.59, global_step=3.2e+4]}: the
     * counter before the bracket is exact, global_step is rounded to two digits.
     */
    private static boolean bar(String line, Draft draft) {
        int open = line.indexOf(" [");
        int slash = open < 0 ? -1 : line.lastIndexOf('/', open);
        int close = line.lastIndexOf(']');
        if (slash < 0 || close < open || line.indexOf('%') < 0) {
            return false;
        }
        int digit = slash;
        while (digit > 0 && Character.isDigit(line.charAt(digit - 1))) {
            digit--;
        }
        Numbers.put(draft.measures(), "step", 1, line, digit, slash);
        Numbers.put(draft.measures(), "total_steps", 1, line, slash + 1, open);
        Steps.number(line, "Epoch ", "epoch", 1, draft);
        int start = open + 2;
        while (start < close) {
            int end = line.indexOf(", ", start);
            end = end < 0 || end > close ? close : end;
            int equals = line.indexOf('=', start);
            if (equals > start && equals < end) {
                String key = line.substring(start, equals);
                String name = key.equals("global_step") ? null : MetricNames.of(key);
                MetricCells.put(key, name, 1, line, equals + 1, end, draft);
            }
            start = end + 2;
        }
        boolean metrics = draft.measures().build().has("loss");
        draft.kind(metrics ? EventKind.TRAINING_STEP : EventKind.LOG_OTHER);
        MetricCells.grade(draft);
        return true;
    }

    private static boolean around(String line, Draft draft) {
        if (line.startsWith("Initializing distributed: GLOBAL_RANK: ")) {
            long rank = new Cursor(line, "Initializing distributed: GLOBAL_RANK: ".length()).number();
            draft.entity(Entity.Level.RANK, rank < 0 ? null : Long.toString(rank));
            return true;
        }
        for (String words : PRINTS) {
            if (line.startsWith(words)) {
                if (line.startsWith("`Trainer.fit` stopped: ")) {
                    draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "success");
                }
                return true;
            }
        }
        return false;
    }
}
