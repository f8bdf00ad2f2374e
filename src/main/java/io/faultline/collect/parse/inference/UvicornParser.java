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
import io.faultline.model.Severity;

/** Uvicorn's lines beside an engine's own: {@code INFO:     10.0.0.7:41000 - "POST /v1/completions HTTP/1.1" 200 OK}. */
public final class UvicornParser implements FormatParser {

    /** Uvicorn pads the level, so its text always begins here. */
    private static final int COLUMN = 10;

    @Override
    public String name() {
        return "uvicorn";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < COLUMN + 1) {
            return false;
        }
        char first = text.charAt(0);
        return first == '(' || (first == '[' && Cursor.isDigit(text.charAt(1))) || isColonBefore(text, COLUMN);
    }

    /** Whether a colon and blanks stand before a place, and no blank at it. */
    private static boolean isColonBefore(String text, int place) {
        int i = place - 1;
        while (i > 0 && text.charAt(i) == ' ') {
            i--;
        }
        return i < place - 1 && text.charAt(i) == ':' && text.charAt(place) != ' ';
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        ProcessTag tag = ProcessTag.read(text);
        Cursor cursor = new Cursor(text, tag == null ? 0 : tag.length());
        // SGLang's time in front.
        if (cursor.take('[')) {
            draft.at(context.timestamps().iso(cursor));
            if (draft.timestamp() == null || !cursor.take("] ")) {
                return ParseResult.UNRECOGNISED;
            }
        }
        int start = cursor.position();
        String level = cursor.until(':');
        int severity = level == null || level.length() > 8 ? 0 : SeverityWords.numberOf(level);
        if (severity == 0 || level == null || !padded(text, cursor.position(), start + COLUMN)) {
            return ParseResult.UNRECOGNISED;
        }
        cursor.position(start + COLUMN);
        draft.severity(severity, level).message(cursor.rest());
        if (tag != null) {
            tag.describe(draft);
        }
        request(cursor, draft);
        if (draft.kind() == EventKind.LOG_OTHER && draft.message().startsWith("Invalid HTTP request received")) {
            // A port scan, or TLS to a plain port: the client's fault.
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        } else if (draft.kind() == EventKind.LOG_OTHER) {
            Faults.refine(draft);
        }
        return draft.parsed();
    }

    private static boolean padded(String text, int from, int to) {
        if (text.length() <= to || text.charAt(to) == ' ') {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != ' ') {
                return false;
            }
        }
        return true;
    }

    private static void request(Cursor cursor, Draft draft) {
        String client = cursor.until(" - \"");
        String method = client == null || client.length() > 64 ? null : cursor.until(' ');
        String path = method == null || method.length() > 10 ? null : cursor.until(" HTTP/");
        String version = path == null ? null : cursor.until("\" ");
        int status = version == null ? -1 : cursor.digits(3);
        if (path == null || status < 100) {
            return;
        }
        draft.attribute("method", method).attribute("path", path).attribute("client", client);
        Requests.answered(draft, path, status);
    }
}
