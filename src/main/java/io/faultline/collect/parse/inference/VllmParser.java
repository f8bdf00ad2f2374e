package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.ProcessTag;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.Severity;

/**
 * vLLM's own lines: {@code (EngineCore_DP0 pid=7) INFO 03-01 10:00:00 [loggers.py:271] text}, the process tag and the
 * opening bracket optional (V0 has no bracket).
 */
public final class VllmParser implements FormatParser {

    @Override
    public String name() {
        return "vllm";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "CDEIW(";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 22) {
            return false;
        }
        return switch (text.charAt(0)) {
            case 'I' -> text.startsWith("INFO ");
            case 'W' -> text.startsWith("WARNING ");
            case 'E' -> text.startsWith("ERROR ");
            case 'D' -> text.startsWith("DEBUG ");
            case 'C' -> text.startsWith("CRITICAL ");
            case '(' -> true;
            default -> false;
        };
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        ProcessTag tag = ProcessTag.read(text);
        Cursor cursor = new Cursor(text, tag == null ? 0 : tag.length());
        String level = cursor.word();
        int severity = SeverityWords.numberOf(level);
        if (severity == 0 || !cursor.take(' ')) {
            return ParseResult.UNRECOGNISED;
        }
        draft.severity(severity, level).at(context.timestamps().monthDay(cursor, context.observed()));
        if (draft.timestamp() == null || !cursor.take(' ')) {
            return ParseResult.UNRECOGNISED;
        }
        boolean bracket = cursor.take('[');
        int source = cursor.position();
        cursor.word();
        int end = cursor.position();
        // "[file.py:12]", "file.py:12]" or "file.py:12"
        if (bracket || text.charAt(end - 1) == ']') {
            int close = text.indexOf(']', source);
            if (close < 0) {
                return ParseResult.UNRECOGNISED;
            }
            end = close + 1;
        } else if (text.lastIndexOf(':', end - 1) < source) {
            return ParseResult.UNRECOGNISED;
        }
        int messageStart = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        draft.message(body(text, messageStart));
        if (tag != null) {
            tag.describe(draft);
        }
        classify(draft, context);
        return draft.parsed();
    }

    /** The text behind the prefix; vLLM repeats the prefix on each further line of a record. */
    private static String body(String text, int messageStart) {
        String message = text.substring(messageStart);
        if (message.indexOf('\n') < 0) {
            return message;
        }
        String prefix = text.substring(0, messageStart);
        return message.replace("\n" + prefix, "\n").replace("\n" + prefix.stripTrailing(), "\n");
    }

    private static void classify(Draft draft, ParseContext context) {
        String message = draft.message();
        if (VllmStatistics.read(message, draft)) {
            return;
        }
        if (message.startsWith("[shutdown]")) {
            VllmFaults.shutdown(message, draft);
        } else if (draft.severityNumber() >= Severity.WARN.number()) {
            VllmFaults.read(message, draft, context);
        } else {
            VllmStartUp.read(message, draft);
        }
    }
}
