package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.ProcessTag;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.EventKind;
import java.time.Instant;

/**
 * What libraries print inside of an engine: {@code [aiter] WARNING: text}, {@code [transformers] text},
 * {@code [2026-03-01 10:00:00,000] LMCache INFO: text (file.py:10:module)}, and the progress of loading a checkpoint's shards.
 */
public final class EngineLibraryParser implements FormatParser {

    private static final String[] NAMES = {"[aiter] ", "[transformers] ", "[flashinfer] ", "[Gloo] ", "[torchao] "};

    @Override
    public String name() {
        return "engine-library";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "(LM[";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 10) {
            return false;
        }
        return switch (text.charAt(0)) {
            case '[' -> text.charAt(1) > '9' ? isNamed(text) : text.startsWith("] LMCache ", 24);
            case 'L', 'M' -> isShards(text);
            case '(' -> true;
            default -> false;
        };
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        ProcessTag tag = ProcessTag.read(text);
        Cursor cursor = new Cursor(text, tag == null ? 0 : tag.length());
        String rest = cursor.rest();
        if (tag != null && !mayRead(rest)) {
            return ParseResult.UNRECOGNISED;
        }
        boolean read = isShards(rest)
                ? shards(rest, draft)
                : rest.startsWith("] LMCache ", 24) ? lmcache(rest, draft, context) : named(rest, draft);
        if (!read) {
            return ParseResult.UNRECOGNISED;
        }
        if (tag != null) {
            tag.describe(draft);
        }
        if (draft.kind() == EventKind.LOG_OTHER) {
            Faults.refine(draft);
        }
        return draft.parsed();
    }

    private static boolean isNamed(String text) {
        for (String name : NAMES) {
            if (text.startsWith(name)) {
                return true;
            }
        }
        return false;
    }

    /** {@code Loading safetensors checkpoint shards:  20% Completed | 10/49 [03:58<19:01, 29.28s/it]}. */
    private static boolean isShards(String text) {
        return (text.startsWith("Loading ") || text.startsWith("Multi-thread loading "))
                && text.indexOf("% Completed | ") > 0
                && text.indexOf("shards: ") > 0;
    }

    private static boolean shards(String text, Draft draft) {
        int percent = text.indexOf("% Completed | ");
        int from = text.indexOf("shards: ") + 8;
        while (from < percent && text.charAt(from) == ' ') {
            from++;
        }
        draft.message(text).kind(EventKind.MODEL_LOAD);
        Texts.numberAt(draft, "progress_ratio", 0.01, text, from);
        return true;
    }

    private static boolean named(String text, Draft draft) {
        Cursor cursor = new Cursor(text, 1);
        String logger = cursor.until("] ");
        if (logger == null || !isNamed(text)) {
            return false;
        }
        draft.attribute("logger", logger);
        levelBefore(cursor, draft);
        draft.message(cursor.rest());
        return true;
    }

    private static boolean lmcache(String text, Draft draft, ParseContext context) {
        Cursor cursor = new Cursor(text, 1);
        Instant time = context.timestamps().iso(cursor);
        if (time == null || !cursor.take("] LMCache ")) {
            return false;
        }
        draft.at(time).attribute("logger", "LMCache");
        levelBefore(cursor, draft);
        draft.message(cursor.rest());
        return true;
    }

    /** {@code WARNING: }. */
    private static void levelBefore(Cursor cursor, Draft draft) {
        int before = cursor.position();
        String level = cursor.word();
        int severity = level.endsWith(":") && level.length() < 10
                ? SeverityWords.numberOf(level.substring(0, level.length() - 1))
                : 0;
        if (severity == 0) {
            cursor.position(before);
            return;
        }
        draft.severity(severity, level.substring(0, level.length() - 1));
        cursor.spaces();
    }
}
