package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Severity;
import java.time.Instant;

/** The files of slurmctld and slurmd: {@code [2026-03-01T10:00:00.123] error: Nodes gpu-a1 not responding}. */
public final class SlurmDaemonParser implements FormatParser {

    @Override
    public String name() {
        return "slurm-daemon";
    }

    /** The file is named after the daemon. */
    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "[";
    }

    @Override
    public boolean mayRead(String text) {
        return text.length() > 24
                && text.charAt(0) == '['
                && text.charAt(11) == 'T'
                && text.charAt(14) == ':'
                && (text.charAt(24) == ']' || text.charAt(20) == ']' || text.indexOf(']') < 34);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, 1);
        Instant time = context.timestamps().iso(cursor);
        if (time == null || !cursor.take("] ")) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time);
        step(cursor, draft);
        level(cursor, draft);
        draft.message(cursor.rest());
        // Proxies write a request in quotes behind such a time.
        if (draft.message().isEmpty() || "[\"".indexOf(draft.message().charAt(0)) >= 0) {
            return ParseResult.UNRECOGNISED;
        }
        SlurmTexts.read(draft.message(), draft, context);
        return draft.parsed();
    }

    /** {@code [513.21] } or {@code [513.batch] }, as slurmstepd writes before its text. */
    private static void step(Cursor cursor, Draft draft) {
        int start = cursor.position();
        String step = cursor.take('[') ? cursor.until("] ") : null;
        boolean isStep = step != null && !step.isEmpty() && step.length() < 40 && Character.isDigit(step.charAt(0));
        if (step == null || !isStep || step.indexOf('.') < 0 || step.indexOf(' ') >= 0) {
            cursor.position(start);
            return;
        }
        draft.attribute("slurm_step", step).attribute("slurm_job", step.substring(0, step.indexOf('.')));
    }

    private static void level(Cursor cursor, Draft draft) {
        if (cursor.take("error: ")) {
            draft.severity(Severity.ERROR.number(), "error");
        } else if (cursor.take("fatal: ")) {
            draft.severity(Severity.FATAL.number(), "fatal");
        } else if (cursor.take("warning: ")) {
            draft.severity(Severity.WARN.number(), "warning");
        } else {
            int start = cursor.position();
            boolean debug = cursor.take("debug");
            cursor.number();
            if (debug && cursor.take(": ")) {
                cursor.spaces();
                draft.severity(Severity.DEBUG.number(), "debug");
            } else {
                cursor.position(start);
            }
        }
    }
}
