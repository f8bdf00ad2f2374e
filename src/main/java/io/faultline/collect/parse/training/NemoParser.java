package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import java.time.Instant;

/** NeMo's logger: {@code [NeMo W 2026-03-01 22:03:10 megatron_base_model:1097] text}, further lines indented. */
public final class NemoParser extends JobFormat {

    public NemoParser() {
        super("nemo");
    }

    /** Only training uses this logger. */
    @Override
    public Family familyIn(Family stream) {
        return Family.TRAINING;
    }

    @Override
    public String beginnings() {
        return "[";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("[NeMo ");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, "[NeMo ".length());
        char letter = cursor.peek();
        int severity = SeverityWords.numberOf(letter);
        if (severity == 0) {
            return ParseResult.UNRECOGNISED;
        }
        cursor.take(letter);
        Instant time = context.timestamps().iso(new Cursor(text, cursor.spaces().position()));
        String head = cursor.until("]");
        if (time == null || head == null) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).severity(severity, String.valueOf(letter));
        draft.message(cursor.spaces().rest().stripTrailing());
        place(head, draft, context);
        message(draft.message(), draft);
        return draft.parsed();
    }

    /** {@code 2026-03-01 22:03:10 file:12} and, where all ranks log, {@code … file:12 rank3}. */
    private static void place(String head, Draft draft, ParseContext context) {
        Cursor words = new Cursor(head);
        while (!words.atEnd()) {
            String word = words.spaces().word();
            if (word.isEmpty()) {
                return;
            }
            int colon = word.lastIndexOf(':');
            if (word.startsWith("rank")
                    && word.length() > 4
                    && !context.attributes().has("rank")) {
                long rank = new Cursor(word, 4).number();
                draft.entity(Entity.Level.RANK, rank < 0 ? null : Long.toString(rank));
            } else if (colon > 0 && Character.isLetter(word.charAt(0))) {
                draft.attribute("source", word);
            }
        }
    }

    private static void message(String message, Draft draft) {
        if (message.startsWith("Global Checkpoint Save : ")) {
            draft.kind(EventKind.CHECKPOINT_END);
            Steps.after(message, "Iteration: ", draft);
        } else if (message.startsWith("Scheduled async checkpoint save")) {
            draft.kind(EventKind.CHECKPOINT_BEGIN);
        } else if (message.startsWith("Async checkpoint save for step ")
                || message.startsWith("Async finalization time took")) {
            draft.kind(message.startsWith("Async checkpoint") ? EventKind.CHECKPOINT_END : EventKind.LOG_OTHER);
            Steps.after(message, "save for step ", draft);
        } else {
            Faults.refine(draft);
        }
    }
}
