package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * DLRover's training events: {@code [time] [pid] [event id] [target] [#step] [BEGIN] {json}}. What begins and what ends
 * has the same event id.
 */
public final class DlroverParser extends JobFormat {

    public DlroverParser() {
        super("dlrover");
    }

    @Override
    public String beginnings() {
        return "[";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("[20") && text.length() > 32 && text.startsWith("] [", 27);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, 1);
        Instant time = context.timestamps().iso(cursor);
        String pid = time != null && cursor.take("] [") ? cursor.until("] [") : null;
        String id = pid == null ? null : cursor.until("] [");
        String target = id == null ? null : cursor.until("] [");
        String name = target == null ? null : cursor.until("] [");
        String type = name == null ? null : cursor.until("]");
        if (pid == null
                || name == null
                || type == null
                || !isType(type)
                || cursor.spaces().peek() != '{') {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).message(text.substring(29 + pid.length()));
        draft.attribute("pid", pid).attribute("event_id", id).attribute("target", target);
        draft.attribute("event", name).attribute("event_type", type);
        FlatJson.read(cursor.rest(), (key, value, number) -> pair(key, value, draft));
        kind(name, type, draft);
        MetricCells.grade(draft);
        return draft.parsed();
    }

    private static boolean isType(String type) {
        return type.equals("BEGIN") || type.equals("END") || type.equals("INSTANT");
    }

    /** The end of a step is the step; its beginning carries the numbers of the one before. */
    private static void kind(String name, String type, Draft draft) {
        boolean begin = type.equals("BEGIN");
        boolean failed = "false"
                .equalsIgnoreCase(String.valueOf(draft.parsed().attributes().get("success")));
        switch (name) {
            case "#step" -> draft.kind(begin ? EventKind.LOG_OTHER : EventKind.TRAINING_STEP);
            case "#log" -> draft.kind(EventKind.TRAINING_STEP);
            case "#train" -> draft.kind(begin ? EventKind.TRAINING_START : EventKind.PROCESS_EXIT);
            case "#evaluate", "#evaluation" ->
                draft.kind(begin ? EventKind.EVALUATION_BEGIN : EventKind.EVALUATION_RESULT);
            case "#save", "#ckpt_save" ->
                draft.kind(
                        begin
                                ? EventKind.CHECKPOINT_BEGIN
                                : failed ? EventKind.CHECKPOINT_FAILURE : EventKind.CHECKPOINT_END);
            default -> draft.kind(EventKind.LOG_OTHER);
        }
        if (failed) {
            draft.atLeast(Severity.ERROR);
        }
        if (draft.kind() == EventKind.PROCESS_EXIT) {
            draft.attribute("outcome", failed ? "failure" : "success");
        }
    }

    private static void pair(String key, String value, Draft draft) {
        String plain = key.startsWith("logs.") ? key.substring(5) : key;
        double scale = plain.endsWith("(ms)") ? 0.001 : 1;
        MetricCells.put(plain, nameOf(plain), scale, value, 0, value.length(), draft);
    }

    private static @Nullable String nameOf(String key) {
        return key.equals("steps_in_epoch") ? null : MetricNames.of(key);
    }
}
