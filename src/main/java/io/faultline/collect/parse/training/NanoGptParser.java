package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Measures;

/**
 * Small trainers that print a line a step: modded-nanogpt ({@code step:3100/3375 val_loss:3.3 train_time:1500818ms
 * step_avg:482.99ms}), nanoGPT ({@code iter 10: loss 3.2, time 120.5ms, mfu 12.3%}), llm.c ({@code step 10/1000 | loss 3.2
 * (+1.2z)| …}), minimind ({@code Epoch:[1/2](100/45000), loss: 2.1, …}).
 */
public final class NanoGptParser extends JobFormat {

    public NanoGptParser() {
        super("nanogpt");
    }

    @Override
    public String beginnings() {
        return "Eistv";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("step")
                || text.startsWith("iter ")
                || text.startsWith("Epoch:[")
                || text.startsWith("val loss ")
                || text.startsWith("validation loss: ")
                || text.startsWith("tokens per iteration will be: ");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        boolean known =
                switch (text.charAt(0)) {
                    case 's' -> step(text, draft);
                    case 'i' -> iteration(text, draft);
                    case 'E' -> epoch(text, draft);
                    case 'v' -> validation(text, draft);
                    default -> true;
                };
        if (!known) {
            return ParseResult.UNRECOGNISED;
        }
        MetricCells.grade(draft);
        return draft.parsed();
    }

    private static boolean step(String text, Draft draft) {
        Cursor cursor = new Cursor(text, 4);
        boolean colon = cursor.take(':');
        long step = cursor.spaces().number();
        if (step < 0 || (!colon && text.charAt(4) != ' ')) {
            return false;
        }
        draft.measure("step", step);
        if (cursor.take('/')) {
            long total = cursor.number();
            if (total < 0) {
                return false;
            }
            draft.measure("total_steps", total);
        }
        int from = cursor.position();
        if (text.indexOf('|', from) > 0) {
            MetricCells.read(text, text.indexOf('|', from) + 1, text.length(), "|", draft);
        } else if (colon && cursor.take(' ')) {
            MetricCells.read(text, cursor.position(), text.length(), " ", draft);
            return kind(draft) || timed(text, draft);
        } else if (cursor.take(": ") || cursor.take(", ")) {
            MetricCells.read(text, cursor.position(), text.length(), ", ", draft);
        }
        return kind(draft);
    }

    /** The training loss wins where both are written; a line of neither is of another program. */
    private static boolean kind(Draft draft) {
        Measures measures = draft.measures().build();
        boolean training = measures.has("loss") && !measures.has("eval_loss");
        draft.kind(training ? EventKind.TRAINING_STEP : EventKind.EVALUATION_RESULT);
        return measures.has("loss") || measures.has("eval_loss");
    }

    /** {@code step:5/1750 train_time:511ms step_avg:102.20ms}: the loss is told only where it is validated. */
    private static boolean timed(String text, Draft draft) {
        draft.kind(EventKind.TRAINING_STEP);
        return text.contains(" train_time:");
    }

    /** {@code iter 10: loss 3.2, time 120.5ms, mfu 12.3%}. */
    private static boolean iteration(String text, Draft draft) {
        Cursor cursor = new Cursor(text, "iter ".length());
        long step = cursor.number();
        if (step < 0 || !cursor.take(": ")) {
            return false;
        }
        draft.measure("step", step);
        MetricCells.read(text, cursor.position(), text.length(), ", ", draft);
        return kind(draft);
    }

    /** {@code Epoch:[1/2](100/45000), loss: 2.1, lr: 0.0005, epoch_time: 12.3min}: the step counts within the epoch. */
    private static boolean epoch(String text, Draft draft) {
        Cursor cursor = new Cursor(text, "Epoch:[".length());
        long epoch = cursor.number();
        boolean shape = epoch >= 0 && cursor.take('/') && cursor.number() >= 0 && cursor.take("](");
        long step = shape ? cursor.number() : -1;
        long total = step >= 0 && cursor.take('/') ? cursor.number() : -1;
        if (total < 0 || !cursor.take(')')) {
            return false;
        }
        draft.measure("epoch", epoch).measure("step", step).measure("total_steps", total);
        // Older releases put a blank where newer ones have a comma.
        int from = cursor.position();
        boolean commas = text.startsWith(", ", from);
        MetricCells.read(text, from + (commas ? 2 : 0), text.length(), commas ? ", " : " ", draft);
        return kind(draft);
    }

    private static boolean validation(String text, Draft draft) {
        MetricCells.read(text, 0, text.length(), " | ", draft);
        return kind(draft);
    }
}
