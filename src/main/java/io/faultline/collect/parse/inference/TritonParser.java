package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.GlogHead;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Triton Inference Server: glog's head, {@code I0301 10:00:00.000000 1 server.cc:307] text}, or with
 * {@code --log-format=ISO8601} {@code 2026-03-01T10:00:00Z I 1 server.cc:307] text}. Newer ones quote the text. The head is
 * many programs'; the source file tells whose.
 */
public final class TritonParser implements FormatParser {

    private static final Set<String> FILES = Set.of(
            "server.cc",
            "tritonserver.cc",
            "main.cc",
            "model_lifecycle.cc",
            "model_repository_manager.cc",
            "pinned_memory_manager.cc",
            "cuda_memory_manager.cc",
            "metrics.cc",
            "grpc_server.cc",
            "http_server.cc",
            "sagemaker_server.cc",
            "vertex_ai_server.cc",
            "backend_manager.cc",
            "backend_model.cc",
            "backend_model_instance.cc",
            "backend_config.cc",
            "model_config_utils.cc",
            "cache_manager.cc",
            "ensemble_scheduler.cc",
            "ensemble_model.cc",
            "dynamic_batch_scheduler.cc",
            "sequence_batch_scheduler.cc",
            "rate_limiter.cc",
            "infer_handler.cc",
            "stream_infer_handler.cc",
            "infer_request.cc",
            "infer_response.cc",
            "shared_memory_manager.cc",
            "autofill.cc",
            "filesystem.cc",
            "tensorflow.cc",
            "onnxruntime.cc",
            "onnxruntime_loader.cc",
            "libtorch.cc",
            "tensorrt.cc",
            "instance_state.cc",
            "model_state.cc",
            "logging.cc",
            "python_be.cc",
            "pb_stub.cc",
            "pb_stub_utils.cc",
            "pb_utils.cc",
            "stub_launcher.cc",
            "python.cc",
            "request_executor.cc",
            "openvino.cc",
            "dali_backend.cc",
            "identity.cc",
            "repeat.cc",
            "square.cc",
            "local_cache.cc",
            "redis_cache.cc",
            "tracer.cc",
            "command_line_parser.cc",
            "triton_signal.cc",
            "plan_backend.cc",
            "io_binding_info.cc",
            "payload.cc",
            "response_cache.cc",
            "label_provider.cc",
            "plan_utils.cc",
            "numa_utils.cc",
            "memory_alloc.cc",
            "libtensorrtllm.cc",
            "model_instance_state.cc");

    @Override
    public String name() {
        return "triton";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "2DEFISWe|";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 20) {
            return false;
        }
        char first = text.charAt(0);
        if (first == 'e' || first == 'S') {
            return isBare(text);
        }
        boolean glog = text.charAt(1) >= '0' && text.charAt(1) <= '9' && SeverityWords.numberOf(first) > 0;
        boolean iso = first == '2' && text.charAt(4) == '-' && text.charAt(10) == 'T';
        return ((glog || iso) && text.indexOf(".cc:") > 0) || TritonTable.isRow(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        if (isBare(text)) {
            draft.message(text);
            TritonEvents.bare(text, draft);
            return draft.parsed();
        }
        if (text.charAt(0) == '|') {
            draft.message(text);
            return TritonTable.read(text, draft) ? draft.parsed() : ParseResult.UNRECOGNISED;
        }
        int start = text.charAt(0) == '2' ? iso(text, draft, context) : glog(text, draft, context);
        if (start < 0) {
            return ParseResult.UNRECOGNISED;
        }
        draft.message(unquoted(text.substring(start)));
        TritonEvents.classify(draft, context);
        return draft.parsed();
    }

    /** The few lines that its main program prints without a head. */
    private static boolean isBare(String text) {
        return text.startsWith("error: creating server: ")
                || (text.startsWith("Signal (") && text.endsWith(") received."));
    }

    private static int glog(String text, Draft draft, ParseContext context) {
        GlogHead head = GlogHead.read(text, context);
        if (head == null || head.timestamp() == null || head.bracketed() || !FILES.contains(head.file())) {
            return -1;
        }
        draft.at(head.timestamp()).severity(SeverityWords.numberOf(head.letter()), String.valueOf(head.letter()));
        draft.attribute("source", head.file());
        return head.messageStart();
    }

    private static int iso(String text, Draft draft, ParseContext context) {
        Cursor cursor = new Cursor(text);
        Instant time = context.timestamps().iso(cursor);
        if (time == null || !cursor.take(' ')) {
            return -1;
        }
        char letter = cursor.peek();
        int severity = SeverityWords.numberOf(letter);
        if (severity == 0 || !cursor.take(letter) || !cursor.take(' ') || cursor.number() < 0 || !cursor.take(' ')) {
            return -1;
        }
        String file = file(cursor.spaces().word());
        if (file == null) {
            return -1;
        }
        cursor.take(' ');
        draft.at(time).severity(severity, String.valueOf(letter)).attribute("source", file);
        return cursor.position();
    }

    private static @Nullable String file(String place) {
        int colon = place.lastIndexOf(':');
        String file = colon > 0 && place.endsWith("]") ? place.substring(0, colon) : "";
        return FILES.contains(file) ? file : null;
    }

    private static String unquoted(String message) {
        if (message.length() < 2 || message.charAt(0) != '"' || !message.endsWith("\"")) {
            return message;
        }
        String inner = message.substring(1, message.length() - 1);
        return inner.indexOf('\\') < 0 ? inner : inner.replace("\\\"", "\"").replace("\\n", "\n");
    }
}
