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
 * has fallen off the bus.} The number behind "Xid" is the PCI address, the code comes after it. Also what the driver
 * says around them: which address is which GPU, and that a GPU is gone.
 */
public final class XidParser implements FormatParser {

    /** The first of three lines that tell of a lost GPU without a code. */
    static final String LOST_FIRST = "NVRM: The NVIDIA GPU ";

    private static final String XID = "NVRM: Xid (";
    private static final String IDENTITY = "NVRM: GPU at PCI:";
    /** Words in front of the driver's text, as health checkers put them. */
    private static final int LONGEST_FOREWORD = 160;
    /** The kernel cuts the names of processes to 15 characters. */
    private static final int LONGEST_NAME = 15;

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
                && (text.startsWith(XID, found)
                        || text.startsWith(IDENTITY, found)
                        || text.indexOf("allen off the bus", found) > 0);
    }

    /** The third line about a lost GPU ends what the first one began. */
    @Override
    public String note(ParseResult.Parsed parsed, String before) {
        return before.startsWith(LOST_FIRST) ? "" : before;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        KernelHead head = KernelHead.read(text, context);
        String body = head == null ? text : head.text();
        int nvrm = body.indexOf("NVRM: ");
        // Behind a quote or a brace it is text that somebody repeats, not the driver that speaks.
        if (nvrm < 0 || nvrm > LONGEST_FOREWORD || isQuoted(body, nvrm)) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(body.substring(nvrm));
        if (nvrm > 0) {
            draft.attribute("gpu_uuid", uuid(body, 0, nvrm));
            KernelHead quoted = head == null || head.timestamp() == null ? headIn(body, nvrm, context) : null;
            head = quoted == null ? head : quoted;
        }
        if (head != null) {
            draft.at(head.timestamp()).entity(Entity.Level.NODE, head.host());
            draft.severity(Severity.INFO.number(), head.severityText());
        }
        if (body.startsWith(XID, nvrm)) {
            return xid(body, nvrm + XID.length(), draft);
        }
        boolean gone = body.indexOf("allen off the bus", nvrm) > 0;
        return body.startsWith(IDENTITY, nvrm) && !gone
                ? identity(body, nvrm + IDENTITY.length(), draft)
                : lost(body, nvrm, draft, context.memory().note());
    }

    /** The head of the kernel's line behind somebody's own words: {@code Error: May 29 01:37:38 gpu-a1 kernel: NVRM: …}. */
    private static @Nullable KernelHead headIn(String body, int nvrm, ParseContext context) {
        for (int at = body.indexOf(": "); at > 0 && at < nvrm; at = body.indexOf(": ", at + 2)) {
            KernelHead head = KernelHead.read(body.substring(at + 2), context);
            if (head != null && head.isKernel()) {
                return head;
            }
        }
        return null;
    }

    /** {@code NVRM: GPU at PCI:0000:9b:00: GPU-<uuid>}: the driver says who is who just before it reports. */
    private ParseResult identity(String body, int from, Draft draft) {
        int end = body.indexOf(": ", from);
        String address = end < 0 ? body.substring(from) : body.substring(from, end);
        draft.entity(Entity.Level.GPU, pciAddress(address));
        return draft.attribute("gpu_uuid", uuid(body, from, body.length())).parsed();
    }

    /** {@code GPU-<uuid>} in a part of a text, or null. */
    private static @Nullable String uuid(String text, int from, int to) {
        int found = text.indexOf("GPU-", from);
        if (found < 0 || found + 40 > to || text.charAt(found + 12) != '-' || text.charAt(found + 27) != '-') {
            return null;
        }
        return text.substring(found, found + 40);
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
        if (gpu == null) {
            return ParseResult.UNRECOGNISED;
        }
        draft.entity(Entity.Level.GPU, gpu);
        long code = cursor.spaces().number();
        if (code < 0) {
            return draft.parsed();
        }
        draft.kind(EventKind.GPU_XID).measure("xid_code", code);
        cursor.take(',');
        process(body, cursor.position(), draft);
        XidClass group = XidClass.of((int) code);
        draft.attribute("xid_class", group.id()).severity(group.severity((int) code, body));
        if (code == 154) {
            // "GPU recovery action changed from 0x0 (None) to 0x1 (GPU Reset Required)"
            int open = body.lastIndexOf('(');
            int close = body.indexOf(')', Math.max(open, 0));
            draft.attribute("recovery_action", open > 0 && close > open ? body.substring(open + 1, close) : null);
        } else if (group == XidClass.NVLINK && code >= 144) {
            NvLinkReport.read(body, cursor.position(), draft);
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
            String process = body.substring(name + 5, endOfName(body, name + 5));
            draft.attribute("process", process.startsWith("<") || process.startsWith("'<") ? null : process);
        }
    }

    /** A name may hold commas: it ends at the first one behind which the driver's words begin. */
    private static int endOfName(String body, int from) {
        int first = body.indexOf(", ", from);
        for (int at = first; at >= 0 && at - from <= LONGEST_NAME; at = body.indexOf(", ", at + 2)) {
            char next = at + 2 < body.length() ? body.charAt(at + 2) : 'A';
            boolean words = Character.isUpperCase(next)
                    || Character.isDigit(next)
                    || body.startsWith("channel ", at + 2)
                    || body.startsWith("errorString ", at + 2);
            if (words) {
                return at;
            }
        }
        return first < 0 ? body.length() : first;
    }

    /**
     * {@code NVRM: GPU 0000:91:00.0: GPU has fallen off the bus.}: what Xid 79 says, without its number. Or the last of
     * three lines, of which the first named the GPU.
     */
    private ParseResult lost(String body, int nvrm, Draft draft, String note) {
        if (body.indexOf("allen off the bus", nvrm) < 0) {
            return ParseResult.UNRECOGNISED;
        }
        draft.kind(EventKind.GPU_XID).measure("xid_code", 79);
        String gpu = address(body, nvrm + 6);
        draft.entity(Entity.Level.GPU, gpu != null || !note.startsWith(LOST_FIRST) ? gpu : address(note, 6));
        XidClass group = XidClass.of(79);
        return draft.attribute("xid_class", group.id())
                .severity(group.severity(79, body))
                .parsed();
    }

    /** The first PCI address in a text, or null. */
    private static @Nullable String address(String body, int from) {
        int colon = body.indexOf(':', from);
        if (colon < 5 || colon + 6 > body.length()) {
            return null;
        }
        int start = Cursor.lastIn(body, ' ', from, colon) + 1;
        Cursor word = new Cursor(body, Math.max(start, from));
        word.take("PCI:");
        String address = word.word();
        return pciAddress(address.endsWith(":") ? address.substring(0, address.length() - 1) : address);
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
