package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** NVIDIA Fabric Manager's own file: {@code [Feb 25 2025 13:59:45] [INFO] [tid 1803] text}, some records over two lines. */
public final class FabricManagerParser implements FormatParser {

    private static final String PAYLOAD = "Message payload details:";

    @Override
    public String name() {
        return "fabric-manager";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "M[";
    }

    @Override
    public boolean mayRead(String text) {
        boolean dated = text.length() > 30
                && text.charAt(0) == '['
                && text.charAt(21) == ']'
                && text.charAt(15) == ':'
                && text.charAt(18) == ':';
        return dated || text.startsWith(PAYLOAD);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        if (text.startsWith(PAYLOAD)) {
            return new Draft(this).message(text).parsed();
        }
        Cursor cursor = new Cursor(text, 1);
        Instant time = context.timestamps().syslog(cursor, context.observed());
        boolean shape = time != null && cursor.take(']') && cursor.spaces().take('[');
        String level = shape ? cursor.until(']') : null;
        int severity = level == null ? 0 : SeverityWords.numberOf(level.strip());
        if (level == null || severity == 0) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(time).severity(severity, level.strip());
        if (cursor.spaces().take("[tid ")) {
            draft.attribute("tid", cursor.until(']'));
        }
        String message = cursor.spaces().rest();
        draft.message(message);
        fault(message, draft);
        return draft.parsed();
    }

    static void fault(String message, Draft draft) {
        boolean nonfatal = message.contains("non-fatal error");
        boolean fatal = !nonfatal && message.contains("fatal error");
        if (message.contains("NVSwitch") && (fatal || nonfatal)) {
            int code = message.indexOf("fatal error ") + 12;
            int end = code;
            while (end < message.length() && Character.isDigit(message.charAt(end))) {
                end++;
            }
            Numbers.put(draft.measures(), "sxid_code", 1, message, code, end);
            draft.attribute("device", device(wordBehind(message, "pci bus id ")));
            draft.attribute("link", wordBehind(message, " port "));
            draft.kind(fatal ? EventKind.LINK_DOWN : EventKind.NODE_CONDITION);
            draft.severity(fatal ? Severity.ERROR : Severity.WARN);
            draft.attribute("condition", fatal ? null : "nvswitch");
        } else if (draft.severityNumber() >= Severity.ERROR.number()) {
            draft.kind(EventKind.NODE_CONDITION).attribute("condition", "fabric");
        }
    }

    /** As the kernel writes it: {@code 0000:86:00.0} of {@code 00000000:86:00.0}. */
    private static @Nullable String device(@Nullable String written) {
        boolean wide = written != null && written.startsWith("0000") && written.indexOf(':') == 8;
        return written == null ? null : written.substring(wide ? 4 : 0).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String wordBehind(String text, String before) {
        int found = text.indexOf(before);
        return found < 0 ? null : new Cursor(text, found + before.length()).word();
    }
}
