package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.ProcessTag;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Signals;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/**
 * vLLM's own lines: {@code (EngineCore_DP0 pid=7) INFO 03-01 10:00:00 [loggers.py:271] text}, the process tag and the
 * opening bracket optional (V0 has no bracket).
 */
public final class VllmParser implements FormatParser {

    /** How long after a stop was asked for a dead engine is part of it; seen within the same second. */
    private static final long TEAR_DOWN_MILLIS = 10_000;

    private static final String TRACEBACK = "Traceback (most recent call last)";

    @Override
    public String name() {
        return "vllm";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
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
            draft.kind(EventKind.INFERENCE_STATS);
        } else if (message.startsWith("[shutdown]")) {
            shutdown(message, draft);
        } else if (draft.severityNumber() >= Severity.WARN.number()) {
            trouble(message, draft, context);
        } else {
            startUp(message, draft);
        }
    }

    private static void shutdown(String message, Draft draft) {
        if (message.contains("trigger received signal=")) {
            draft.kind(EventKind.ENGINE_STOP);
            double signal = Signals.numberOf(message.substring(message.indexOf("signal=") + 7));
            if (signal > 0) {
                draft.measure("signal", signal);
            }
        } else if (message.contains("shutdown triggered")) {
            draft.kind(EventKind.ENGINE_STOP);
        }
    }

    private static void trouble(String message, Draft draft, ParseContext context) {
        if (message.startsWith("Sequence group ") && message.contains(" is preempted by ")) {
            draft.kind(EventKind.INFERENCE_PREEMPTION);
            number(draft, "preemptions_total", 1, message, "total_cumulative_preemption_cnt=");
        } else if (message.contains("maximum context length is ")) {
            // The client's fault, written at ERROR with a traceback.
            draft.kind(EventKind.REQUEST_ERROR).severity(Severity.INFO);
        } else if (isLoadFailure(message)) {
            draft.kind(EventKind.MODEL_LOAD_FAILURE);
        } else if (isDeath(message)) {
            if (message.startsWith("Engine core proc ")) {
                draft.attribute("process", new Cursor(message, 17).word());
            }
            boolean asked = context.memory().stoppedWithin(draft.timestamp(), TEAR_DOWN_MILLIS);
            if (asked) {
                draft.severity(Severity.INFO);
            } else {
                draft.kind(EventKind.ENGINE_DEATH).atLeast(Severity.ERROR);
            }
        } else {
            Faults.refine(draft);
        }
    }

    private static boolean isDeath(String message) {
        return (message.startsWith("Engine core proc ") && message.contains("died unexpectedly"))
                || message.startsWith("AsyncLLM output_handler failed")
                || message.startsWith("EngineCore encountered a fatal error")
                || message.startsWith("EngineCore hit an exception")
                || (message.contains("EngineDeadError: ") && (message.startsWith("vllm.") || hasTraceback(message)));
    }

    private static boolean hasTraceback(String message) {
        return message.startsWith(TRACEBACK) || message.contains("\n" + TRACEBACK);
    }

    private static boolean isLoadFailure(String message) {
        return message.startsWith("EngineCore failed to start")
                || message.contains("Engine core initialization failed.")
                || message.startsWith("ValueError: Free memory on device")
                || message.contains("\nValueError: Free memory on device")
                || message.contains("No available memory for the cache blocks")
                || message.contains("larger than the maximum number of tokens that can be stored in KV cache");
    }

    private static void startUp(String message, Draft draft) {
        if (message.startsWith("Initializing a") && message.contains("LLM engine")) {
            draft.kind(EventKind.ENGINE_START);
        } else if (message.startsWith("Starting to load model ")) {
            String model = message.substring("Starting to load model ".length());
            draft.kind(EventKind.MODEL_LOAD);
            draft.attribute("model", model.endsWith("...") ? model.substring(0, model.length() - 3) : model);
        } else if (message.startsWith("Loading weights took ")) {
            draft.kind(EventKind.MODEL_LOAD);
            number(draft, "load_seconds", 1, message, "took ");
        } else if (message.startsWith("Model loading took ") || message.startsWith("Loading model weights took ")) {
            draft.kind(EventKind.MODEL_LOAD);
            number(draft, "load_seconds", 1, message, " and ");
            double bytes = Numbers.bytes(message, message.indexOf("took ") + 5);
            if (bytes >= 0) {
                draft.measure("memory_bytes", bytes);
            }
        }
    }

    /** Keeps the number that follows a text. */
    private static void number(Draft draft, String name, double scale, String message, @Nullable String after) {
        int from = after == null ? -1 : message.indexOf(after);
        if (from < 0 || after == null) {
            return;
        }
        from += after.length();
        int to = from;
        while (to < message.length()
                && (Character.isDigit(message.charAt(to))
                        || (message.charAt(to) == '.' && to + 1 < message.length()))) {
            to++;
        }
        if (to > from) {
            Numbers.put(draft.measures(), name, scale, message, from, to);
        }
    }
}
