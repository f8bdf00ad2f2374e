package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.util.Locale;

/**
 * The NVSwitch driver's error reports: {@code nvidia-nvswitch3: SXid (PCI:0000:05:00.0): 12028, Non-fatal, Link 32 egress
 * non-posted PRIV error}. One error is up to three records; those that begin with {@code Severity} and {@code Data} tell
 * more of the one before and are no events of their own.
 */
public final class NvSwitchParser implements FormatParser {

    private static final String SXID = ": SXid (";
    private static final int REACH = 200;

    @Override
    public String name() {
        return "nvswitch";
    }

    @Override
    public Family family() {
        return Family.KERNEL;
    }

    @Override
    public boolean mayRead(String text) {
        return isReport(text);
    }

    static boolean isReport(String text) {
        int found = text.indexOf("nvidia-nvswitch");
        return found >= 0 && found < REACH && text.indexOf(SXID, found) > 0;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        KernelHead head = KernelHead.read(text, context);
        String body = head == null ? text : head.text();
        int start = body.indexOf("nvidia-nvswitch");
        int report = start < 0 ? -1 : body.indexOf(SXID, start);
        if (report < 0 || body.lastIndexOf('"', start) >= 0 || body.lastIndexOf('\'', start) >= 0) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(body.substring(start));
        if (head != null) {
            draft.at(head.timestamp()).entity(Entity.Level.NODE, head.host());
            draft.severity(Severity.INFO.number(), head.severityText());
        }
        draft.attribute("switch", body.substring(start + "nvidia-".length(), report));
        Cursor cursor = new Cursor(body, report + SXID.length());
        cursor.take("PCI:");
        String device = cursor.until(')');
        draft.attribute("device", device == null ? null : device.toLowerCase(Locale.ROOT));
        cursor.take(':');
        long code = cursor.spaces().number();
        if (code < 0) {
            return draft.parsed();
        }
        draft.measure("sxid_code", code);
        cursor.take(',');
        String rest = cursor.spaces().rest();
        if (!rest.startsWith("Severity ") && !rest.startsWith("Data ")) {
            report(rest, draft);
        }
        return draft.parsed();
    }

    private static void report(String text, Draft draft) {
        boolean fatal = text.startsWith("Fatal");
        int link = text.indexOf("Link ");
        long number = link < 0 ? -1 : new Cursor(text, link + 5).number();
        draft.attribute("link", number < 0 ? null : Long.toString(number));
        if (fatal && number >= 0) {
            draft.kind(EventKind.LINK_DOWN).severity(Severity.ERROR);
        } else {
            draft.kind(EventKind.NODE_CONDITION).attribute("condition", "nvswitch");
            draft.severity(fatal ? Severity.ERROR : Severity.WARN);
        }
    }
}
