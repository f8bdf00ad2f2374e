package io.faultline.collect.parse.training;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Entity;
import io.faultline.model.Severity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * NCCL and RCCL: {@code gpu-a1:4711:4712 [3] NCCL INFO text}, {@code [time] gpu-a1:4711:4712 [3] net_ib.cc:1234 NCCL WARN
 * text}, and what nccl-tests writes around them. The number in brackets is the CUDA device of the process, not its rank.
 */
public final class NcclParser extends JobFormat {

    /** How far a host name and a source file may push the word. */
    private static final int LONGEST_HEAD = 200;

    public NcclParser() {
        super("nccl");
    }

    @Override
    public boolean mayRead(String text) {
        int found = text.indexOf("CCL ");
        return (found > 0 && found < LONGEST_HEAD) || NcclTests.mayRead(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        if (text.startsWith("NCCL version ") || text.startsWith("RCCL version ")) {
            return new Draft(this)
                    .message(text)
                    .attribute("version", version(text))
                    .parsed();
        }
        Draft draft = new Draft(this);
        if (NcclTests.mayRead(text)) {
            return NcclTests.read(text, draft) ? draft.parsed() : ParseResult.UNRECOGNISED;
        }
        return head(text, draft, context) ? draft.parsed() : ParseResult.UNRECOGNISED;
    }

    private static boolean head(String text, Draft draft, ParseContext context) {
        Cursor cursor = new Cursor(text);
        if (cursor.take('[')) {
            Instant time = context.timestamps().iso(cursor);
            if (time == null || !cursor.take("] ")) {
                return false;
            }
            draft.at(time);
        }
        String writer = cursor.word();
        int thread = writer.lastIndexOf(':');
        int process = thread < 0 ? -1 : writer.lastIndexOf(':', thread - 1);
        if (process <= 0 || !isNumber(writer, process + 1, thread) || !isNumber(writer, thread + 1, writer.length())) {
            return false;
        }
        cursor.take(' ');
        if (cursor.take('[')) {
            long device = cursor.number();
            if (!cursor.take("] ")) {
                return false;
            }
            draft.attribute("local_device", device < 0 ? null : Long.toString(device));
        }
        String source = null;
        String word = cursor.word();
        for (int i = 0; i < 2 && !isLibrary(word); i++) {
            source = word;
            cursor.take(' ');
            word = cursor.word();
        }
        if (!isLibrary(word) || !cursor.take(' ')) {
            return false;
        }
        int severity = severity(cursor.word());
        if (severity == 0) {
            return false;
        }
        cursor.take(' ');
        draft.entity(Entity.Level.NODE, writer.substring(0, process));
        draft.attribute("pid", writer.substring(process + 1, thread));
        draft.severity(severity, "").message(cursor.rest());
        draft.severity(
                severity,
                severity == Severity.WARN.number() ? "WARN" : severity == Severity.INFO.number() ? "INFO" : "TRACE");
        draft.attribute("source", source);
        NcclMessages.read(draft.message(), draft);
        return true;
    }

    private static boolean isLibrary(String word) {
        return word.equals("NCCL") || word.equals("RCCL") || word.equals("HCCL");
    }

    private static int severity(String level) {
        return switch (level) {
            case "INFO", "CALL", "VERSION" -> Severity.INFO.number();
            case "WARN", "ABORT", "ERROR" -> Severity.WARN.number();
            case "TRACE" -> Severity.TRACE.number();
            default -> 0;
        };
    }

    private static boolean isNumber(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    private static @Nullable String version(String text) {
        Cursor cursor = new Cursor(text, "NCCL version ".length()).spaces();
        // RCCL version : 2.22.3
        cursor.take(':');
        String word = cursor.spaces().word();
        return word.isEmpty() ? null : word;
    }
}
