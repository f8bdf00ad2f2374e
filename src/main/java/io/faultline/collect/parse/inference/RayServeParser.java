package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;

/**
 * Ray Serve: {@code INFO 2026-03-01 10:00:00,000 app_deployment replica request-id -- CALL __call__ OK 2.1ms}, the level
 * first; older ones write {@code … file.py:749 - __call__ OK 2.1ms}.
 */
public final class RayServeParser implements FormatParser {

    /** Deployment, replica, request, route and file stand at most between the time and the text. */
    private static final int MOST_WORDS = 6;

    @Override
    public String name() {
        return "ray-serve";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 30) {
            return false;
        }
        int blank = text.indexOf(' ');
        return blank >= 4
                && blank <= 8
                && text.charAt(0) >= 'A'
                && text.charAt(0) <= 'Z'
                && text.startsWith(" 20", blank)
                && text.length() > blank + 28
                && text.charAt(blank + 5) == '-'
                && text.charAt(blank + 20) == ',';
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        String level = cursor.word();
        int severity = SeverityWords.numberOf(level);
        Instant time = severity > 0 && cursor.take(' ') ? context.timestamps().iso(cursor) : null;
        if (time == null || !cursor.take(' ')) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).severity(severity, level);
        int words = head(cursor, draft);
        if (words < 0) {
            return ParseResult.UNRECOGNISED;
        }
        draft.message(cursor.rest());
        if (!answer(draft.message(), draft)) {
            RayFaults.classify(draft);
            Faults.refine(draft);
        }
        return draft.parsed();
    }

    /** The words before the dashes; how many, or -1 where no dashes come. */
    private static int head(Cursor cursor, Draft draft) {
        String component = "";
        for (int i = 0; i <= MOST_WORDS; i++) {
            String word = cursor.word();
            if (word.equals("--") || word.equals("-")) {
                cursor.take(' ');
                return i;
            }
            if (word.isEmpty() || !cursor.take(' ')) {
                return -1;
            }
            if (i == 0) {
                component = word;
                draft.attribute("deployment", word);
            } else if (word.indexOf(".py:") > 0) {
                draft.attribute("source", word.substring(0, word.indexOf(':')));
            } else if (i == 1) {
                second(component, word, draft);
            } else {
                draft.attribute(word.startsWith("/") ? "path" : "request_id", word);
            }
        }
        return -1;
    }

    /** A replica's own id, behind {@code deployment#} in older ones; controller and proxy write a process or an address. */
    private static void second(String component, String word, Draft draft) {
        switch (component) {
            case "controller", "serve" -> draft.attribute("pid", word);
            case "proxy", "http_proxy" -> draft.attribute("ip", word);
            default -> {
                draft.attribute("replica", word);
                draft.entity(Entity.Level.SERVICE, component);
            }
        }
    }

    /** {@code CALL __call__ OK 2.1ms}, {@code GET /path 200 12.3ms}, {@code HANDLE x ERROR 1.0ms}. */
    private static boolean answer(String message, Draft draft) {
        int line = message.indexOf('\n');
        int end = line < 0 ? message.length() : line;
        int last = Cursor.lastIn(message, ' ', 0, end);
        int before = last < 0 ? -1 : Cursor.lastIn(message, ' ', 0, last);
        if (before < 0 || end - last < 4 || !message.startsWith("ms", end - 2)) {
            return false;
        }
        String outcome = message.substring(before + 1, last);
        Cursor cursor = new Cursor(outcome);
        long status = cursor.number();
        boolean http = status >= 100 && status < 600 && cursor.atEnd();
        boolean failed = outcome.equals("ERROR");
        if ((!http && !failed && !outcome.equals("OK") && !outcome.equals("CANCELLED"))
                || !Durations.put(draft, "duration_seconds", message, last + 1, end)) {
            return false;
        }
        int method = message.indexOf(' ');
        String path = method < before ? message.substring(method + 1, before) : "";
        draft.attribute("method", message.substring(0, Math.min(method, before)));
        draft.attribute("path", path);
        if (http) {
            Requests.answered(draft, path, (int) status);
        } else if (failed) {
            draft.kind(EventKind.REQUEST_ERROR).atLeast(Severity.ERROR);
        } else {
            draft.kind(EventKind.INFERENCE_REQUEST).attribute("outcome", outcome.equals("OK") ? null : "cancelled");
        }
        return true;
    }
}
