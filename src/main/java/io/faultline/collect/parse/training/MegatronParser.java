package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Megatron-LM and its forks (Megatron-DeepSpeed, BLOOM, Primus): {@code [2026-03-01 10:00:00] iteration 12/ 100 | key:
 * value | … |}, evaluations, checkpoints and the end.
 */
public final class MegatronParser implements FormatParser {

    /** How far a head may push the word "iteration"; Primus has the longest. */
    private static final int LONGEST_HEAD = 160;

    @Override
    public String name() {
        return "megatron";
    }

    @Override
    public Family family() {
        return Family.TRAINING;
    }

    @Override
    public boolean mayRead(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '-')) {
            start++;
        }
        if (start == text.length()) {
            return false;
        }
        return switch (text.charAt(start)) {
            case '[', 'i', 'v', 's', 'e', 't', '>', '(', 'W', 'w', 'l' -> true;
            default -> false;
        };
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        int iteration = iterationIn(text);
        if (iteration >= 0) {
            ParseResult step = step(text, iteration, context);
            if (step != null) {
                return step;
            }
        }
        return other(text, context);
    }

    /** Where {@code iteration} stands behind a head; -1 where it does not. */
    private static int iterationIn(String text) {
        int found = text.indexOf("iteration ");
        boolean head = found == 0 || (found > 0 && found < LONGEST_HEAD && text.charAt(found - 1) == ' ');
        return head ? found : -1;
    }

    private @Nullable ParseResult step(String text, int iteration, ParseContext context) {
        String line = text.indexOf('\n') < 0 ? text : text.replace("\r", "").replace('\n', ' ');
        Cursor cursor = new Cursor(line, iteration + "iteration ".length());
        long step = cursor.spaces().number();
        if (step < 0 || !cursor.spaces().take('/')) {
            return null;
        }
        long total = cursor.spaces().number();
        if (total < 0
                || !cursor.spaces().take('|')
                || line.substring(0, iteration).indexOf('"') >= 0) {
            return null;
        }
        Draft draft = new Draft(this).kind(EventKind.TRAINING_STEP).at(time(line, context));
        draft.message(line.substring(iteration).stripTrailing());
        draft.measure("step", step).measure("total_steps", total);
        MegatronCells.read(line, cursor.position(), draft);
        return draft.parsed();
    }

    /** The time in a head: {@code [2026-03-01 10:00:00.123]} or Primus' {@code [20260301 10:00:00]}. */
    private static @Nullable Instant time(String line, ParseContext context) {
        int open = line.indexOf('[');
        if (open < 0 || open > 20) {
            return null;
        }
        Cursor cursor = new Cursor(line, open + 1);
        Instant time = context.timestamps().iso(cursor);
        if (time == null && cursor.digits(8) >= 0 && open + 18 <= line.length()) {
            String date = line.substring(open + 1, open + 9);
            String dashed = date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6, 8)
                    + line.substring(open + 9, open + 18);
            return context.timestamps().iso(new Cursor(dashed));
        }
        return time;
    }

    private ParseResult other(String text, ParseContext context) {
        String line = text.strip();
        Draft draft = new Draft(this).message(line).at(time(line, context));
        if (line.startsWith("[") && draft.timestamp() != null) {
            line = line.substring(line.indexOf(']') + 1).strip();
            draft.message(line);
        }
        boolean known = evaluation(line, draft)
                || checkpoint(line, draft)
                || life(line, draft, context)
                || line.startsWith("time (ms) | ")
                || line.startsWith("(min, max) time across ranks (ms)")
                || line.startsWith("> number of parameters on ")
                || (line.startsWith("[Rank ") && line.contains(") memory (MB) | "));
        return known ? draft.parsed() : ParseResult.UNRECOGNISED;
    }

    private static boolean evaluation(String line, Draft draft) {
        String text = line.startsWith("---")
                ? line.substring(line.lastIndexOf("---") + 3).strip()
                : line;
        int at =
                text.startsWith("validation loss at ") || text.startsWith("valid loss at ") ? text.indexOf(" at ") : -1;
        if (at < 0) {
            return false;
        }
        draft.kind(EventKind.EVALUATION_RESULT).message(text);
        int iteration = text.indexOf("iteration ");
        if (iteration >= 0) {
            stepAt(text, iteration + 10, draft);
        }
        int value = text.indexOf("lm loss value: ");
        if (value >= 0) {
            int from = value + "lm loss value: ".length();
            int end = text.indexOf('|', from);
            Numbers.put(draft.measures(), "eval_loss", 1, text, from, end < 0 ? text.length() : end);
        }
        return true;
    }

    private static boolean checkpoint(String line, Draft draft) {
        boolean saved = line.startsWith("successfully saved checkpoint ");
        if (!saved && !line.startsWith("saving checkpoint at ")) {
            return false;
        }
        draft.kind(saved ? EventKind.CHECKPOINT_END : EventKind.CHECKPOINT_BEGIN);
        int iteration = line.indexOf(" iteration ");
        if (iteration >= 0) {
            stepAt(line, iteration + 11, draft);
        }
        int to = line.indexOf(" to ");
        if (to >= 0) {
            draft.attribute("path", new Cursor(line, to + 4).word());
        }
        return true;
    }

    private static boolean life(String line, Draft draft, ParseContext context) {
        if (line.startsWith("exiting program")) {
            draft.kind(EventKind.PROCESS_EXIT).attribute("outcome", "success");
        } else if (line.contains("will start from random") && !line.contains("\"")) {
            // After a restart this throws away all that was trained; the line itself has no level.
            draft.kind(EventKind.TRAINING_START).severity(Severity.WARN).attribute("start", "random");
        } else if (line.startsWith("[before the start of training step]")) {
            draft.kind(EventKind.TRAINING_START).at(datetime(line, context));
        } else if (line.startsWith("[after ") && line.contains("] datetime: ")) {
            draft.at(datetime(line, context));
        } else {
            return false;
        }
        return true;
    }

    private static @Nullable Instant datetime(String line, ParseContext context) {
        int at = line.indexOf("datetime: ");
        return at < 0 ? null : context.timestamps().iso(new Cursor(line, at + 10));
    }

    private static void stepAt(String text, int from, Draft draft) {
        long step = new Cursor(text, from).spaces().number();
        if (step >= 0) {
            draft.measure("step", step);
        }
    }
}
