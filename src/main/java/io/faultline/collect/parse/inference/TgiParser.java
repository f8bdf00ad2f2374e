package io.faultline.collect.parse.inference;

import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;

/**
 * Hugging Face's text-generation-inference, launcher and router, as text: {@code 2026-03-01T10:00:00.000001Z  INFO
 * generate{… total_time="2.4s" …}: text_generation_router::server: router/src/server.rs:289: Success}.
 */
public final class TgiParser implements FormatParser {

    private static final String TARGET = "text_generation";

    @Override
    public String name() {
        return "tgi";
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
        return text.length() > 40 && text.charAt(0) == '2' && text.charAt(4) == '-' && text.indexOf(TARGET) > 0;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        TracingHead head = TracingHead.read(text, context);
        if (head == null || !head.target().startsWith(TARGET)) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp()).severity(head.severityNumber(), head.level());
        draft.message(text.substring(head.messageStart()));
        TracingFields.read(text, head.spansFrom(), head.spansTo(), (key, value) -> TgiEvents.field(key, value, draft));
        if (!draft.message().startsWith("Args {")) {
            int line = text.indexOf('\n', head.messageStart());
            int to = line < 0 ? text.length() : line;
            int fields = TracingFields.start(text, head.messageStart());
            TracingFields.read(text, fields, to, (key, value) -> TgiEvents.field(key, value, draft));
        }
        TgiEvents.classify(draft, context);
        return draft.parsed();
    }
}
