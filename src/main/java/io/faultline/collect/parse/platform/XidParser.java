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
import org.jspecify.annotations.Nullable;

/**
 * The NVIDIA driver's error reports in the kernel log: {@code NVRM: Xid (PCI:0000:9b:00): 79, pid=1234, name=python3, GPU
 * has fallen off the bus.} The number behind "Xid" is the PCI address, the code comes after it.
 */
public final class XidParser implements FormatParser {

    private static final String XID = "NVRM: Xid (";
    /** Words in front of the driver's text, as health checkers put them. */
    private static final int LONGEST_FOREWORD = 160;

    @Override
    public String name() {
        return "xid";
    }

    @Override
    public Family family() {
        return Family.KERNEL;
    }

    @Override
    public boolean mayRead(String text) {
        return isDriversReport(text);
    }

    /** Whether a text holds the words of a report; other parsers of the kernel's lines leave those alone. */
    static boolean isDriversReport(String text) {
        int found = text.indexOf("NVRM: ");
        return found >= 0
                && found < LONGEST_FOREWORD
                && (text.startsWith(XID, found) || text.indexOf("allen off the bus", found) > 0);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        KernelHead head = KernelHead.read(text, context);
        Draft draft = new Draft(this);
        String body = text;
        if (head != null) {
            draft.at(head.timestamp()).entity(Entity.Level.NODE, head.host());
            draft.severity(Severity.INFO.number(), head.severityText());
            body = head.text();
        }
        int nvrm = body.indexOf("NVRM: ");
        // Behind a quote or a brace it is text that somebody repeats, not the driver that speaks.
        if (nvrm < 0 || nvrm > LONGEST_FOREWORD || isQuoted(body, nvrm)) {
            return ParseResult.UNRECOGNISED;
        }
        draft.message(body.substring(nvrm));
        return body.startsWith(XID, nvrm) ? xid(body, nvrm + XID.length(), draft) : lost(body, nvrm, draft);
    }

    private static boolean isQuoted(String text, int end) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'' || c == '{' || c == '`') {
                return true;
            }
        }
        return false;
    }

    private ParseResult xid(String body, int from, Draft draft) {
        Cursor cursor = new Cursor(body, from);
        cursor.take("PCI:");
        String gpu = pciAddress(cursor.until("): "));
        long code = cursor.spaces().number();
        if (gpu == null || code < 0) {
            return ParseResult.UNRECOGNISED;
        }
        draft.kind(EventKind.GPU_XID).entity(Entity.Level.GPU, gpu).measure("xid_code", code);
        cursor.take(',');
        process(body, cursor.position(), draft);
        XidClass group = XidClass.of((int) code);
        draft.attribute("xid_class", group.id()).severity(group.severity((int) code, body));
        if (code == 154) {
            // "GPU recovery action changed from 0x0 (None) to 0x1 (GPU Reset Required)"
            int open = body.lastIndexOf('(');
            int close = body.indexOf(')', Math.max(open, 0));
            draft.attribute("recovery_action", open > 0 && close > open ? body.substring(open + 1, close) : null);
        }
        return draft.parsed();
    }

    private static void process(String body, int from, Draft draft) {
        Cursor cursor = new Cursor(body, from);
        if (cursor.spaces().take("pid=")) {
            cursor.take('\'');
            long pid = cursor.number();
            draft.attribute("pid", pid < 0 ? null : Long.toString(pid));
        }
        int name = body.indexOf("name=", from);
        if (name > 0 && name - from < 40) {
            int comma = body.indexOf(", ", name);
            String process = body.substring(name + 5, comma < 0 ? body.length() : comma);
            draft.attribute("process", process.startsWith("<") || process.startsWith("'<") ? null : process);
        }
    }

    /** {@code NVRM: GPU 0000:91:00.0: GPU has fallen off the bus.}: what Xid 79 says, without its number. */
    private ParseResult lost(String body, int nvrm, Draft draft) {
        boolean gone = body.indexOf("allen off the bus", nvrm) > 0;
        if (!gone) {
            return ParseResult.UNRECOGNISED;
        }
        draft.kind(EventKind.GPU_XID).measure("xid_code", 79);
        int colon = body.indexOf(':', nvrm + 6);
        if (colon > 4 && colon + 8 <= body.length()) {
            int start = body.lastIndexOf(' ', colon) + 1;
            Cursor word = new Cursor(body, start);
            word.take("PCI:");
            String address = word.word();
            draft.entity(
                    Entity.Level.GPU,
                    pciAddress(address.endsWith(":") ? address.substring(0, address.length() - 1) : address));
        }
        XidClass group = XidClass.of(79);
        return draft.attribute("xid_class", group.id())
                .severity(group.severity(79, body))
                .parsed();
    }

    /**
     * {@code 0000:9b:00} of {@code 0000:9B:00}, {@code 00000000:9B:00.0} or {@code 0000:9b:00.0}; null where it is no PCI
     * address.
     */
    static @Nullable String pciAddress(@Nullable String written) {
        if (written == null) {
            return null;
        }
        int first = written.indexOf(':');
        int second = first < 0 ? -1 : written.indexOf(':', first + 1);
        if (first < 4 || first > 8 || second != first + 3 || written.length() < second + 3) {
            return null;
        }
        for (int i = 0; i < second + 3; i++) {
            if (i != first && i != second && Character.digit(written.charAt(i), 16) < 0) {
                return null;
            }
        }
        // nvidia-smi writes eight digits of domain where the kernel writes four.
        int from = first == 8 && written.startsWith("0000") ? 4 : 0;
        return written.substring(from, second + 3).toLowerCase(Locale.ROOT);
    }
}
