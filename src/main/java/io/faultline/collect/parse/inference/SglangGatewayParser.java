package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/** SGLang's router and gateway, in Rust: {@code 2026-03-01 10:00:00  INFO sgl_model_gateway::server: src/server.rs:690: text}. */
public final class SglangGatewayParser implements FormatParser {

    /** The crate's names through time. */
    private static final String[] TARGETS = {
        "sgl_model_gateway", "sglang_router", "sglang_router_rs", "sgl_router", "smg"
    };

    @Override
    public String name() {
        return "sglang-gateway";
    }

    @Override
    public Family family() {
        return Family.INFERENCE;
    }

    @Override
    public String beginnings() {
        return "2";
    }

    @Override
    public boolean mayRead(String text) {
        return text.length() > 30
                && text.charAt(0) == '2'
                && text.charAt(4) == '-'
                && (text.indexOf(" sgl") > 0 || text.indexOf(": s") > 0 || text.indexOf(" smg") > 0);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        TracingHead head = TracingHead.read(text, context);
        if (head == null || !isOwn(head.target())) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp()).severity(head.severityNumber(), head.level());
        draft.message(text.substring(head.messageStart()));
        TracingFields.read(text, head.spansFrom(), head.spansTo(), (key, value) -> field(key, value, draft));
        int fields = TracingFields.start(text, head.messageStart());
        TracingFields.read(text, fields, text.length(), (key, value) -> field(key, value, draft));
        grade(draft);
        return draft.parsed();
    }

    private static boolean isOwn(String target) {
        for (String own : TARGETS) {
            if (target.equals(own) || target.startsWith(own + "::")) {
                return true;
            }
        }
        return false;
    }

    private static void field(String key, String value, Draft draft) {
        switch (key) {
            // Microseconds, as the gateway's middleware records them.
            case "latency" -> {
                long micros = new Cursor(value).number();
                if (micros >= 0) {
                    draft.measure("duration_seconds", micros / 1e6);
                }
            }
            case "status_code" -> {
                long status = new Cursor(value).number();
                if (status >= 0) {
                    draft.measure("status_code", status);
                }
            }
            case "uri" -> draft.attribute("path", value);
            default -> draft.attribute(key, value);
        }
    }

    private static void grade(Draft draft) {
        double status = draft.measures().build().getOr("status_code", -1);
        if (status >= 0) {
            String path = draft.attribute("path");
            Requests.answered(draft, path == null ? "" : path, (int) status);
        } else if (draft.message().startsWith("Health check failed")) {
            draft.kind(EventKind.HEALTH_CHECK).atLeast(Severity.WARN);
        }
    }
}
