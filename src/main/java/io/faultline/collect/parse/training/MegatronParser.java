package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
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

    private final MegatronCells cells = new MegatronCells();

    @Override
    public String name() {
        return "megatron";
    }

    @Override
    public Family family() {
        return Family.TRAINING;
    }

    @Override
    public String beginnings() {
        return " -[ivset>(WwlfbocdmuapgIENTS^";
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
            case '[',
                    'i',
                    'v',
                    's',
                    'e',
                    't',
                    '>',
                    '(',
                    'W',
                    'w',
                    'l',
                    'f',
                    'b',
                    'o',
                    'c',
                    'd',
                    'm',
                    'u',
                    'a',
                    'p',
                    'g' -> true;
            case 'I' -> text.startsWith("INFO:megatron.", start);
            case 'E' -> text.startsWith("Evaluating ", start);
            case 'N' -> text.startsWith("Number of parameters in ", start);
            case 'T' -> text.startsWith("Theoretical memory footprints", start);
            case 'S' -> text.startsWith("Step Time : ", start);
            case '^' -> text.startsWith("^^^^ ", start);
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
        int found = isHead(text) ? text.indexOf("iteration ") : -1;
        boolean head = found == 0 || (found > 0 && found < LONGEST_HEAD && text.charAt(found - 1) == ' ');
        // "Training epoch 0, iteration 45/99 | …" is Lightning's.
        return head && !text.startsWith(", ", found - 2) ? found : -1;
    }

    /** Blanks, or a time in brackets: behind other words an iteration is quoted. */
    private static boolean isHead(String text) {
        int i = 0;
        while (text.charAt(i) == ' ') {
            i++;
        }
        return text.charAt(i) == '[' || text.charAt(i) == 'i';
    }

    private @Nullable ParseResult step(String text, int iteration, ParseContext context) {
        String line = text.indexOf('\n') < 0 ? text : text.replace("\r", "").replace('\n', ' ');
        Cursor cursor = new Cursor(line, iteration + "iteration ".length());
        long step = cursor.spaces().number();
        if (step < 0 || !cursor.spaces().take('/')) {
            return null;
        }
        long total = cursor.spaces().number();
        int quote = line.indexOf('"');
        if (total < 0 || !cursor.spaces().take('|') || (quote >= 0 && quote < iteration)) {
            return null;
        }
        Draft draft = new Draft(this).kind(EventKind.TRAINING_STEP).at(time(line, context));
        draft.message(line.substring(iteration).stripTrailing());
        draft.measure("step", step).measure("total_steps", total);
        cells.read(line, cursor.position(), draft);
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
        Draft draft = new Draft(this);
        int logger = line.startsWith("INFO:megatron.") ? line.indexOf(':', "INFO:".length()) : -1;
        if (logger > 0) {
            draft.severity(Severity.INFO.number(), "INFO");
            line = line.substring(logger + 1);
        }
        draft.at(time(line, context)).message(line);
        if (line.startsWith("[") && draft.timestamp() != null) {
            line = line.substring(line.indexOf(']') + 1).strip();
            line = line.startsWith("| ") ? line.substring(2) : line;
            draft.message(line);
        }
        boolean known = MegatronEvents.read(line, draft, context) || MegatronTimers.read(line, draft);
        return known ? draft.parsed() : ParseResult.UNRECOGNISED;
    }
}
