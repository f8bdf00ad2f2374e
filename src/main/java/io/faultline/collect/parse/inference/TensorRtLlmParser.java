package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;

/**
 * TensorRT-LLM: {@code [TensorRT-LLM][INFO] text} of its C++ runtime, without a time, and
 * {@code [03/01/2026-10:00:00] [TRT-LLM] [I] text} of its Python side, dates in American order.
 */
public final class TensorRtLlmParser implements FormatParser {

    @Override
    public String name() {
        return "tensorrt-llm";
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
        if (text.length() < 16 || text.charAt(0) != '[') {
            return false;
        }
        return text.startsWith("TensorRT-LLM]", 1)
                || text.startsWith("TRT-LLM]", 1)
                || (text.charAt(3) == '/'
                        && text.charAt(6) == '/'
                        && text.charAt(11) == '-'
                        && text.indexOf("[TRT") > 0);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        Cursor cursor = new Cursor(text);
        boolean read = text.charAt(1) == 'T' ? cpp(cursor, draft) : python(cursor, draft, context);
        if (!read) {
            return ParseResult.UNRECOGNISED;
        }
        tags(cursor, draft);
        draft.message(cursor.rest());
        if (!TensorRtLlmIteration.read(draft.message(), draft)) {
            classify(draft, context);
        }
        return draft.parsed();
    }

    private static boolean cpp(Cursor cursor, Draft draft) {
        if (!cursor.take("[TensorRT-LLM]") && !cursor.take("[TRT-LLM]")) {
            return false;
        }
        int before = cursor.position();
        if (cursor.spaces().take('[')) {
            String level = cursor.until(']');
            int severity = level == null || level.length() > 8 ? 0 : severityOf(level);
            if (level != null && severity > 0) {
                draft.severity(severity, level);
                return true;
            }
        }
        cursor.position(before);
        return true;
    }

    private static boolean python(Cursor cursor, Draft draft, ParseContext context) {
        cursor.take('[');
        int month = cursor.digits(2);
        int day = cursor.take('/') ? cursor.digits(2) : -1;
        int year = cursor.take('/') ? cursor.digits(4) : -1;
        if (month < 0 || day < 0 || year < 0 || !cursor.take('-')) {
            return false;
        }
        String clock = cursor.until(']');
        if (clock == null || clock.length() > 20) {
            return false;
        }
        Instant time = context.timestamps().iso(new Cursor(iso(year, month, day) + " " + clock));
        if (time == null || !cursor.spaces().take("[TRT")) {
            return false;
        }
        cursor.until(']');
        draft.at(time);
        return true;
    }

    private static String iso(int year, int month, int day) {
        return year + (month < 10 ? "-0" : "-") + month + (day < 10 ? "-0" : "-") + day;
    }

    /** {@code [I] [_torch][RANK 0] }: letter, component and rank, in any order. */
    private static void tags(Cursor cursor, Draft draft) {
        for (int i = 0; i < 4; i++) {
            int before = cursor.spaces().position();
            String tag = cursor.take('[') ? cursor.until(']') : null;
            if (tag == null || tag.length() > 24) {
                cursor.position(before);
                return;
            }
            int severity = severityOf(tag);
            if (severity > 0 && draft.parsed().severityText().isEmpty()) {
                draft.severity(severity, tag);
            } else if (tag.startsWith("RANK ")) {
                draft.attribute("rank", tag.substring(5));
            } else if (isComponent(tag)) {
                draft.attribute("component", tag);
            } else {
                cursor.position(before);
                return;
            }
        }
        cursor.spaces();
    }

    private static boolean isComponent(String tag) {
        return tag.equals("_torch") || tag.equals("MPI") || tag.equals("BUFFERS") || tag.equals("RUNTIME");
    }

    private static int severityOf(String level) {
        if (level.length() == 1) {
            char letter = level.charAt(0);
            return letter == 'V' ? Severity.TRACE.number() : SeverityWords.numberOf(letter);
        }
        return SeverityWords.numberOf(level);
    }

    private static void classify(Draft draft, ParseContext context) {
        String message = draft.message();
        if (message.startsWith("Failed to initialize executor")
                || message.contains("engine was built with different GPU architecture")
                || message.startsWith("Failed to deserialize")) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE).atLeast(Severity.ERROR);
        } else if (message.contains("Assertion failed: ") || message.contains("CUDA runtime error in ")) {
            Faults.refine(draft);
            if (draft.kind() == EventKind.LOG_OTHER && Teardown.isUnderWay(draft, context)) {
                draft.severity(Severity.INFO);
            } else if (draft.kind() == EventKind.LOG_OTHER) {
                draft.kind(EventKind.ENGINE_DEATH).atLeast(Severity.ERROR);
            }
        } else {
            sizes(message, draft);
            Faults.refine(draft);
        }
    }

    private static void sizes(String message, Draft draft) {
        if (message.contains("Max tokens in paged KV cache: ")) {
            draft.kind(EventKind.MODEL_LOAD);
            Texts.number(draft, "kv_cache_tokens", message, "KV cache: ");
        } else if (message.contains("for max tokens in paged KV cache")) {
            draft.kind(EventKind.MODEL_LOAD);
            Texts.bytes(draft, "kv_cache_bytes", message, "Allocated ");
            Texts.number(draft, "kv_cache_tokens", message, "KV cache (");
        } else if (message.startsWith("Using ") && message.contains(" tokens in paged KV cache")) {
            draft.kind(EventKind.MODEL_LOAD);
            Texts.number(draft, "kv_cache_tokens", message, "Using ");
        } else if (message.startsWith("Loaded engine size: ")) {
            draft.kind(EventKind.MODEL_LOAD);
            Texts.bytes(draft, "memory_bytes", message, "size: ");
        }
    }
}
