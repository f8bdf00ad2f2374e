package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Entity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * DeepSpeed's logger, {@code [2026-03-01 10:00:00,123] [INFO] [engine.py:12:step] [Rank 0] text}, and what it and
 * DeepSpeed-Chat print without one.
 */
public final class DeepSpeedParser extends JobFormat {

    public DeepSpeedParser() {
        super("deepspeed");
    }

    @Override
    public String beginnings() {
        return "*ABCDEGILMNRSTU[cenpsu|";
    }

    @Override
    public boolean mayRead(String text) {
        boolean head = text.length() > 36 && text.startsWith("[20");
        return head ? text.charAt(20) == ',' : DeepSpeedPrints.mayRead(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        if (!text.startsWith("[20")) {
            return DeepSpeedPrints.read(text, draft) ? draft.parsed() : ParseResult.UNRECOGNISED;
        }
        String message = head(text, draft, context);
        if (message == null) {
            return ParseResult.UNRECOGNISED;
        }
        draft.message(message);
        DeepSpeedMessages.read(message, draft);
        return draft.parsed();
    }

    /** {@code [time] [LEVEL] [file.py:line:function] [Rank 0] text}. */
    private static @Nullable String head(String text, Draft draft, ParseContext context) {
        Cursor cursor = new Cursor(text, 1);
        Instant time = context.timestamps().iso(cursor);
        String level = time != null && cursor.take("] [") ? cursor.until("] [") : null;
        int severity = level == null ? 0 : SeverityWords.numberOf(level);
        String place = severity == 0 ? null : cursor.until("]");
        if (level == null || place == null || place.indexOf(".py:") < 0) {
            return null;
        }
        draft.at(time).severity(severity, level).attribute("source", place);
        cursor.spaces();
        int before = cursor.position();
        if (cursor.take("[Rank ")) {
            long rank = cursor.number();
            if (rank >= 0 && cursor.take(']')) {
                if (!context.attributes().has("rank")) {
                    draft.entity(Entity.Level.RANK, Long.toString(rank));
                }
                cursor.spaces();
                before = cursor.position();
            }
        }
        return text.substring(before).strip();
    }
}
