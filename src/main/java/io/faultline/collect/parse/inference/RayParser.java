package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import java.time.Instant;

/**
 * Ray's core, {@code [2026-03-01 10:00:00,000 I 12 12] (raylet) file.cc:35: text} with the severity inside of the time's
 * brackets; its Python side, {@code 2026-03-01 10:00:00,000<TAB>INFO head.py:99 -- text}; and what a driver repeats,
 * {@code (raylet, ip=10.0.0.1) text}.
 */
public final class RayParser implements FormatParser {

    private static final String[] ECHOED = {"(raylet", "(autoscaler", "(gcs_server", "(dashboard", "(pid="};

    @Override
    public String name() {
        return "ray";
    }

    /** Ray runs training jobs and inference alike, so its lines tell nothing of the stream. */
    @Override
    public Family family() {
        return Family.PLATFORM;
    }

    @Override
    public Family familyIn(Family stream) {
        return stream;
    }

    @Override
    public String beginnings() {
        return "2([";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 12) {
            return false;
        }
        char first = text.charAt(0);
        if (first == '[') {
            return text.length() > 34 && text.charAt(20) == ',' && text.charAt(24) == ' ' && text.charAt(26) == ' ';
        }
        if (first == '(') {
            return isEcho(text);
        }
        return first == '2' && text.length() > 30 && text.charAt(19) == ',' && text.indexOf(" -- ", 24) > 0;
    }

    private static boolean isEcho(String text) {
        for (String head : ECHOED) {
            if (text.startsWith(head)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        Cursor cursor = new Cursor(text);
        char first = cursor.peek();
        if (first == '(' && !echo(cursor, draft)) {
            return ParseResult.UNRECOGNISED;
        }
        int behindEcho = cursor.position();
        boolean read = cursor.peek() == '[' ? core(cursor, draft, context) : python(cursor, draft, context);
        if (!read) {
            if (first != '(') {
                return ParseResult.UNRECOGNISED;
            }
            cursor.position(behindEcho);
        }
        draft.message(cursor.rest());
        RayFaults.classify(draft);
        return draft.parsed();
    }

    /** {@code (raylet, ip=10.0.0.1) }. */
    private static boolean echo(Cursor cursor, Draft draft) {
        cursor.take('(');
        String tag = cursor.until(") ");
        if (tag == null || tag.length() > 120 || tag.indexOf(')') >= 0) {
            return false;
        }
        int comma = tag.indexOf(", ip=");
        String process = comma < 0 ? tag : tag.substring(0, comma);
        draft.attribute("process", process);
        if (comma >= 0) {
            draft.attribute("ip", tag.substring(comma + 5));
        }
        return true;
    }

    private static boolean core(Cursor cursor, Draft draft, ParseContext context) {
        cursor.take('[');
        Instant time = context.timestamps().iso(cursor);
        if (time == null || !cursor.take(' ')) {
            return false;
        }
        char letter = cursor.peek();
        int severity = letter == 'C' ? SeverityWords.numberOf("CRITICAL") : SeverityWords.numberOf(letter);
        if (severity == 0 || !cursor.take(letter) || !cursor.take(' ') || cursor.number() < 0) {
            return false;
        }
        if (!cursor.take(' ') || cursor.number() < 0 || !cursor.take("] ")) {
            return false;
        }
        draft.at(time).severity(severity, String.valueOf(letter));
        if (cursor.take('(')) {
            draft.attribute("component", cursor.until(") "));
        }
        int before = cursor.position();
        String place = cursor.word();
        boolean file = place.endsWith(":") && (place.contains(".cc:") || place.contains(".h:"));
        if (file) {
            draft.attribute("source", place.substring(0, place.indexOf(':')));
            cursor.take(' ');
        } else {
            cursor.position(before);
        }
        return file;
    }

    private static boolean python(Cursor cursor, Draft draft, ParseContext context) {
        Instant time = context.timestamps().iso(cursor);
        if (time == null) {
            return false;
        }
        String level = cursor.spaces().word();
        int severity = level.length() < 4 ? 0 : SeverityWords.numberOf(level);
        String file = cursor.spaces().word();
        if (severity == 0 || file.indexOf(".py:") <= 0 || !cursor.take(" -- ")) {
            return false;
        }
        draft.at(time).severity(severity, level).attribute("source", file.substring(0, file.indexOf(':')));
        return true;
    }
}
