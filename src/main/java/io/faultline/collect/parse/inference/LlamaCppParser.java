package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Beginnings;
import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Starts;

/**
 * llama.cpp's server, {@code slot launch_slot_: id  0 | task 5 | text} and {@code srv  log_server_r: text} with the
 * function cut to twelve characters, and the lines of its libraries, {@code llama_kv_cache: text}. Neither time nor level is
 * written, or {@code 0.12.345.678 I } in front: minutes, seconds, milli- and microseconds since the start.
 */
public final class LlamaCppParser implements FormatParser {

    private static final String[] COMPONENTS = {"slot", "srv", "que", "res", "cmn"};

    /** How the functions of its libraries begin. */
    private static final Starts FUNCTIONS = Starts.of(
            "llama_",
            "ggml_",
            "gguf_",
            "common_",
            "load_",
            "print_info",
            "clip_",
            "mtmd_",
            "llm_",
            "init_tokenizer",
            "create_tensor",
            "sched_reserve",
            "alloc_compute_meta",
            "set_abort",
            "done_getting_tensors",
            "build_info",
            "system_info",
            "device_info",
            "log_info",
            "warmup",
            "create_memory",
            "validate_override",
            "get_key",
            "params_from_args",
            "llama.");

    @Override
    public String name() {
        return "llama-cpp";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "abcdefghijklmnopqrstuvwxyz~ /GC.RIWED" + Beginnings.DIGITS;
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 6) {
            return false;
        }
        char first = text.charAt(0);
        if ((first >= 'a' && first <= 'z') || first == '~') {
            return text.indexOf(':') > 0 || LlamaTimings.isLine(text) || isBareLine(text);
        }
        if (first == ' ' || first == 'G' || first == 'C' || first == '.' || first == 'R') {
            return isBareLine(text) || LlamaTimings.isLine(text) || LlamaFaults.isBare(text) || isDots(text);
        }
        if (first == '/') {
            return LlamaFaults.isAtSource(text);
        }
        return (first >= '0' && first <= '9' && isSinceStart(text)) || isLevelBefore(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        int at = 0;
        if (isSinceStart(text)) {
            int end = text.indexOf(' ');
            draft.attribute("since_start", text.substring(0, end));
            at = end + 1;
        }
        if (isLevelAt(text, at)) {
            draft.severity(SeverityWords.numberOf(text.charAt(at)), text.substring(at, at + 1));
            at += 2;
        }
        boolean marked = at > 0;
        int message = component(text, at, draft);
        if (message < 0) {
            if (!marked && !isOwn(text, context)) {
                return ParseResult.UNRECOGNISED;
            }
            message = at;
        }
        draft.message(text.substring(Math.min(message, text.length())));
        if (!LlamaTimings.read(text, at, draft)) {
            LlamaFaults.classify(draft, context);
        }
        return draft.parsed();
    }

    private static boolean isOwn(String text, ParseContext context) {
        if (LlamaTimings.isLine(text) || LlamaFaults.isBare(text) || isBareLine(text)) {
            return true;
        }
        if (FUNCTIONS.startsAny(text)) {
            return true;
        }
        boolean inside = context.memory().family() == Family.INFERENCE
                && (context.memory().format().equals("llama-cpp")
                        || context.memory().format().equals("ollama"));
        return (inside && (isFunction(text) || isDots(text))) || (text.startsWith("main: ") && isMain(text));
    }

    private static boolean isMain(String text) {
        return text.startsWith("loading model", 6)
                || text.startsWith("model loaded", 6)
                || text.startsWith("server is listening", 6)
                || text.startsWith("HTTP server is listening", 6)
                || text.startsWith("starting the main loop", 6)
                || text.startsWith("exiting due to ", 6)
                || text.startsWith("chat template", 6);
    }

    /** What it prints without a function, and the rows of devices behind {@code device_info:} and {@code ggml_cuda_init:}. */
    private static boolean isBareLine(String text) {
        return text.startsWith("Running with SSL")
                || text.startsWith("Running without SSL")
                || text.startsWith("no remote preset found")
                || (text.startsWith("  - ") && text.endsWith(" MiB free)"))
                || (text.startsWith("  Device ") && text.contains("compute capability "));
    }

    /** {@code name: text}, the name one of C. */
    private static boolean isFunction(String text) {
        int i = 0;
        while (i < text.length() && i < 64 && isNameChar(text.charAt(i))) {
            i++;
        }
        return i > 2 && i < text.length() && text.charAt(i) == ':' && !isOthers(text, i);
    }

    /** Around the server, in the same file, Slurm and Python programs write. */
    private static boolean isOthers(String text, int end) {
        return text.startsWith("slurmstepd:")
                || text.startsWith("srun:")
                || text.startsWith("Error", end - 5)
                || text.startsWith("Exception", end - 9);
    }

    /** The dots that loading prints. */
    private static boolean isDots(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '.') {
                return false;
            }
        }
        return text.length() > 5;
    }

    /** Behind {@code slot launch_slot_: id  0 | task 5 | }; -1 where no component begins the text. */
    private static int component(String text, int at, Draft draft) {
        for (String component : COMPONENTS) {
            if (text.startsWith(component, at) && text.startsWith(" ", at + component.length())) {
                Cursor cursor = new Cursor(text, at + component.length());
                String function = cursor.spaces().word();
                if (!function.endsWith(":") || function.length() < 2) {
                    return -1;
                }
                draft.attribute("component", component);
                draft.attribute("function", function.substring(0, function.length() - 1));
                cursor.take(' ');
                slot(cursor, draft);
                return cursor.position();
            }
        }
        return -1;
    }

    private static void slot(Cursor cursor, Draft draft) {
        int before = cursor.position();
        if (!cursor.take("id ")) {
            return;
        }
        long id = cursor.spaces().number();
        boolean task = id >= 0 && cursor.take(" | task ");
        boolean none = task && cursor.take('-');
        long number = task ? cursor.spaces().number() : -1;
        if (number < 0 || !cursor.take(" |")) {
            cursor.position(before);
            return;
        }
        cursor.take(' ');
        draft.attribute("slot", Long.toString(id));
        draft.attribute("task", none ? "-1" : Long.toString(number));
    }

    private static boolean isLevelBefore(String text) {
        return isLevelAt(text, 0) && (text.startsWith("slot ", 2) || text.startsWith("srv ", 2));
    }

    private static boolean isLevelAt(String text, int at) {
        return at + 1 < text.length() && text.charAt(at + 1) == ' ' && "IWED".indexOf(text.charAt(at)) >= 0;
    }

    /** {@code 0.12.345.678 }. */
    private static boolean isSinceStart(String text) {
        int dots = 0;
        int digits = 0;
        for (int i = 0; i < text.length() && i < 24; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && digits > 0 && (dots == 0 || digits == (dots == 1 ? 2 : 3))) {
                dots++;
                digits = 0;
            } else {
                return c == ' ' && dots == 3 && digits == 3;
            }
        }
        return false;
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '~'
                || c == '.';
    }
}
