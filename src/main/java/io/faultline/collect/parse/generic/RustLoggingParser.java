package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import java.time.Instant;

/**
 * Rust's tracing, {@code time LEVEL span{k=v}: target: file.rs:12: text}, and env_logger, {@code [time LEVEL target] text}.
 * The times are UTC and say so.
 */
public final class RustLoggingParser implements FormatParser {

    @Override
    public String name() {
        return "rust-logging";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "2[";
    }

    @Override
    public boolean mayRead(String text) {
        int from = !text.isEmpty() && text.charAt(0) == '[' ? 1 : 0;
        if (text.length() < from + 27 || text.charAt(from) != '2' || text.charAt(from + 10) != 'T') {
            return false;
        }
        int zone = text.indexOf('Z', from + 19);
        return zone > 0 && zone < from + 31 && text.charAt(Math.min(zone + 1, text.length() - 1)) == ' ';
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        boolean bracket = cursor.take('[');
        Instant time = context.timestamps().iso(cursor);
        String level = time == null ? "" : cursor.spaces().word();
        int severity = level.length() > 5 ? 0 : SeverityWords.numberOf(level);
        if (severity == 0 || Character.isLowerCase(level.charAt(0))) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).severity(severity, level);
        boolean read = bracket ? envLogger(cursor.spaces(), draft) : tracing(cursor.spaces(), draft);
        if (!read) {
            return ParseResult.UNRECOGNISED;
        }
        Faults.refine(draft);
        return draft.parsed();
    }

    private static boolean envLogger(Cursor cursor, Draft draft) {
        String target = cursor.until(']');
        if (target == null || !isTarget(target) || !(cursor.atEnd() || cursor.take(' '))) {
            return false;
        }
        draft.attribute("logger", target).message(cursor.rest());
        return true;
    }

    private static boolean tracing(Cursor cursor, Draft draft) {
        if (cursor.take("ThreadId(")) {
            draft.attribute("thread", cursor.until(')'));
            cursor.spaces();
        }
        int start = cursor.position();
        String target = null;
        String word = cursor.word();
        // Spans stand before the target, each with its fields in braces, which may hold blanks.
        while (word.indexOf('{') > 0) {
            cursor.position(start);
            String span = cursor.until("}: ");
            span = span == null ? cursor.until("}:") : span;
            if (span == null) {
                return false;
            }
            draft.attribute("span", span + "}");
            start = cursor.position();
            word = cursor.word();
        }
        if (word.endsWith(":") && isTarget(word.substring(0, word.length() - 1))) {
            target = word.substring(0, word.length() - 1);
            cursor.spaces();
        } else {
            return false;
        }
        int source = cursor.position();
        String place = cursor.word();
        if (place.contains(".rs:") && place.endsWith(":")) {
            draft.attribute("source", place.substring(0, place.length() - 1));
        } else {
            cursor.position(source);
        }
        draft.attribute("logger", target).message(cursor.spaces().rest());
        return true;
    }

    /** {@code router::server}: a path of crates and modules. */
    private static boolean isTarget(String text) {
        if (text.isEmpty() || text.length() > 160) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_' && c != ':' && c != '-' && c != '.') {
                return false;
            }
        }
        return Character.isLetter(text.charAt(0));
    }
}
