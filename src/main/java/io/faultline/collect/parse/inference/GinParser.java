package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Severity;
import java.time.Instant;

/**
 * Go's web framework in Ollama: {@code [GIN] 2026/03/01 - 10:00:00 | 200 |   6.46ms |   127.0.0.1 | GET   "/api/tags"},
 * local time, and the routes it registers at the start.
 */
public final class GinParser implements FormatParser {

    private static final int DATE = 6;

    @Override
    public String name() {
        return "gin";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "[";
    }

    @Override
    public boolean mayRead(String text) {
        return text.startsWith("[GIN");
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        if (text.startsWith("[GIN-debug] ")) {
            return debug(text, draft);
        }
        if (!text.startsWith("[GIN] ") || text.length() < DATE + 23 || !text.startsWith(" - ", DATE + 10)) {
            return ParseResult.UNRECOGNISED;
        }
        String time = text.substring(DATE, DATE + 10) + ' ' + text.substring(DATE + 13, DATE + 21);
        Instant instant = context.timestamps().iso(new Cursor(time));
        Cursor cursor = new Cursor(text, DATE + 21);
        if (instant == null || !cursor.spaces().take('|')) {
            return ParseResult.UNRECOGNISED;
        }
        draft.at(instant).message(text.substring(DATE));
        int status = cursor.spaces().digits(3);
        cursor.until('|');
        String latency = cursor.until('|');
        String client = cursor.until('|');
        String method = cursor.spaces().word();
        cursor.spaces();
        if (status < 100 || latency == null || client == null || !cursor.take('"')) {
            return ParseResult.UNRECOGNISED;
        }
        String path = cursor.until('"');
        if (path == null) {
            return ParseResult.UNRECOGNISED;
        }
        String duration = latency.strip();
        if (!Durations.put(draft, "duration_seconds", duration)) {
            draft.attribute("latency", duration);
        }
        draft.attribute("method", method).attribute("path", path).attribute("client", client.strip());
        Requests.answered(draft, path, status);
        return draft.parsed();
    }

    /** {@code [GIN-debug] [WARNING] text} and {@code [GIN-debug] GET /api/tags --> handler}. */
    private static ParseResult debug(String text, Draft draft) {
        Cursor cursor = new Cursor(text, 12);
        int before = cursor.position();
        String level = cursor.take('[') ? cursor.until(']') : null;
        int severity = level == null || level.length() > 8 ? 0 : SeverityWords.numberOf(level);
        if (level != null && severity > 0) {
            // Advice to whoever builds the program; nothing happened.
            draft.severity(Math.min(severity, Severity.INFO.number()), level);
            cursor.spaces();
        } else {
            cursor.position(before);
        }
        return draft.message(cursor.rest()).parsed();
    }
}
