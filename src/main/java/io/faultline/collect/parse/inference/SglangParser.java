package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;

/**
 * SGLang's scheduler and server: {@code [2026-03-01 10:00:00 TP0] text}. The head alone is anybody's: without ranks, a line
 * is SGLang's by its words, by the source file behind a level, or because its stream is an inference server's.
 */
public final class SglangParser implements FormatParser {

    private static final String[] OWN = {
        "Decode batch",
        "Prefill batch",
        "KV cache pool is full",
        "KV Cache is allocated",
        "Load weight ",
        "Init torch dist",
        "Memory pool end",
        "Capture ",
        "server_args=",
        "max_total_num_tokens=",
        "The server is fired up",
        "SIGTERM received.",
        "SIGQUIT received.",
        "Subprocess ",
        "Scheduler hit an exc",
        "TokenizerManager hit",
        "DetokenizerManager hit",
        "Attention backend ",
        "Using KV cache dtype",
        "Using default chat sampling",
        "kill_process_tree called",
        "Received sigquit from",
        "Cache flushed success",
        "Health check failed. S",
        "Gracefully exiting...",
        "Decode out of memory",
        "Prefill out of memory",
        "sglang is using nccl",
        "Init Unified RadixTree",
        "Auto-detected template",
        "Hybrid swa model",
        "Max running requests is",
        "Watchdog timeout (",
        "Receive: obj=",
        "Finish: obj=",
        "Not enough memory. Pl"
    };

    @Override
    public String name() {
        return "sglang";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "[DP";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 10 || text.charAt(0) != '[') {
            return isBare(text);
        }
        char second = text.charAt(1);
        char fourth = text.charAt(3);
        char mark = text.charAt(5);
        return (second >= '0' && second <= '9' && (mark == '-' || fourth == ':')) || text.startsWith("gpu", 1);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        if (isBare(text)) {
            Draft draft = new Draft(this).message(text);
            return SglangBatch.read(text, draft) ? draft.parsed() : ParseResult.UNRECOGNISED;
        }
        SglangHead head = SglangHead.read(text, context);
        if (head == null) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp()).attribute("engine", head.ranks());
        int at = head.end();
        int level = levelAndFile(text, at, draft);
        if (!isOwn(text, at, level, head, context)) {
            return ParseResult.UNRECOGNISED;
        }
        String message = text.substring(level > at ? level : at);
        draft.message(message);
        if (!SglangBatch.read(message, draft) && !SglangFaults.read(message, draft, context)) {
            SglangStartUp.read(message, draft);
        }
        return draft.parsed();
    }

    /** A shipper took the head off. */
    private static boolean isBare(String text) {
        return text.startsWith("Decode batch, #") || text.startsWith("Prefill batch, #");
    }

    private static boolean isOwn(String text, int at, int level, SglangHead head, ParseContext context) {
        if (level > at) {
            // Libraries inside of vLLM write so too; there the process tag was peeled off.
            return !text.startsWith("core.py:", text.indexOf(' ', at) + 1)
                    && context.attributes().get("process") == null;
        }
        if (isUvicorn(text, at) || text.startsWith("iteration ", at)) {
            return false;
        }
        if (!head.ranks().isEmpty()) {
            return true;
        }
        for (String words : OWN) {
            if (text.startsWith(words, at)) {
                return true;
            }
        }
        return context.memory().family() == Family.INFERENCE
                && context.attributes().get("process") == null
                && text.indexOf(" NCCL ", at) < 0;
    }

    /** Behind {@code WARNING server_args.py:123: }; the place itself where no level and file are written. */
    private static int levelAndFile(String text, int at, Draft draft) {
        Cursor cursor = new Cursor(text, at);
        String level = cursor.word();
        int severity = level.length() < 4 || level.length() > 8 ? 0 : SeverityWords.numberOf(level);
        if (severity == 0 || !cursor.take(' ')) {
            return at;
        }
        int file = cursor.position();
        String place = cursor.word();
        int extension = place.indexOf(".py:");
        if (extension <= 0 || !place.endsWith(":") || !cursor.take(' ')) {
            cursor.position(file);
            return at;
        }
        draft.severity(severity, level);
        return cursor.position();
    }

    /** {@code INFO:     text}. */
    private static boolean isUvicorn(String text, int at) {
        int colon = text.indexOf(':', at);
        return colon > at
                && colon < at + 9
                && text.startsWith(":  ", colon)
                && SeverityWords.numberOf(text.substring(at, colon)) > 0;
    }
}
