package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.Attributes;
import io.faultline.model.Entity;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import org.jspecify.annotations.Nullable;

/** All other lines of the kernel, with any head or with none: killed processes, hangs, disks, links, machine checks. */
public final class KernelParser implements FormatParser {

    private static final String DRIVER = "NVRM: loading NVIDIA UNIX ";
    private static final String REPEATED = "message repeated ";

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public Family family() {
        return Family.KERNEL;
    }

    /** An envelope may say that the kernel wrote a text that looks like anybody's: the rest is asked in {@link #parse}. */
    @Override
    public boolean mayRead(String text) {
        return text.length() > 4 && !XidParser.isDriversReport(text) && !NvSwitchParser.isReport(text);
    }

    private static boolean mayBeBare(String text) {
        return KernelTexts.mayBegin(text)
                || DeviceLine.mayBegin(text)
                || text.charAt(0) == ' '
                || DeadProcess.mayBegin(text)
                || OomKiller.isInvocation(text);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        boolean said = isSaidToBeTheKernels(context.attributes());
        if (!said && !KernelHead.mayBegin(text) && !mayBeBare(text)) {
            return ParseResult.UNRECOGNISED;
        }
        KernelHead head = KernelHead.read(text, context);
        if (head != null && !head.isKernel()) {
            return ParseResult.UNRECOGNISED;
        }
        String body = head == null ? text.stripLeading() : head.text();
        boolean bare = (head == null || head.loose()) && !said;
        if (bare && !isKernels(body)) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).message(body);
        if (head != null) {
            draft.at(head.timestamp()).entity(Entity.Level.NODE, head.host());
            draft.severity(
                    head.severityNumber() > 0 ? head.severityNumber() : Severity.INFO.number(), head.severityText());
        }
        String inner = unwrapped(body, draft);
        DeviceLine device = DeviceLine.read(inner);
        tell(device == null ? inner : inner.substring(device.textStart()), device, inner, draft, context);
        return draft.parsed();
    }

    /** What shippers say of a text whose head they took. */
    private static boolean isSaidToBeTheKernels(Attributes attributes) {
        return "kernel".equals(attributes.get("program"))
                || "kernel".equals(attributes.get("process"))
                || "kernel".equals(attributes.get("identifier"));
    }

    private static boolean isKernels(String body) {
        return !body.isEmpty()
                && (KernelTexts.find(body) != null
                        || DeviceLine.mayBegin(body)
                        || DeadProcess.mayBegin(body)
                        || OomKiller.isInvocation(body));
    }

    /** {@code message repeated 9 times: [ text]}, as rsyslog writes it; the text is what counts. */
    private static String unwrapped(String body, Draft draft) {
        int repeated = body.startsWith(REPEATED) ? body.indexOf(" times: [") : -1;
        if (repeated < 0) {
            return body;
        }
        long times = new Cursor(body, REPEATED.length()).number();
        if (times > 0) {
            draft.measure("event_count", times);
        }
        int end = body.endsWith("]") ? body.length() - 1 : body.length();
        int start = new Cursor(body, repeated + 9).spaces().position();
        return body.substring(Math.min(start, end), end);
    }

    private static void tell(
            String text, @Nullable DeviceLine device, String whole, Draft draft, ParseContext context) {
        OomKiller.read(whole, draft, context.memory().note());
        DeadProcess.read(whole, draft);
        if (draft.kind() != EventKind.LOG_OTHER) {
            return;
        }
        driver(whole, draft);
        KernelTexts.Row row = KernelTexts.find(withoutRecordNumber(whole));
        if (row != null && row.kind() != EventKind.LOG_OTHER) {
            draft.kind(row.kind()).attribute("condition", row.condition());
            numbers(whole, row.condition(), draft);
            if (whole.startsWith("NVRM: ")) {
                draft.entity(Entity.Level.GPU, gpu(whole));
            }
        } else {
            DeviceTexts.read(device, text, draft);
        }
        if (row != null && row.severity() != null) {
            draft.atLeast(row.severity());
        }
    }

    /** {@code NVRM: loading NVIDIA UNIX x86_64 Kernel Module  570.86.15  Fri Jan 17 …}, {@code … Open Kernel Module for x86_64  …}. */
    private static void driver(String text, Draft draft) {
        int module = text.startsWith(DRIVER) ? text.indexOf("Kernel Module ") : -1;
        if (module < 0) {
            return;
        }
        Cursor cursor = new Cursor(text, module + "Kernel Module ".length());
        String word = cursor.spaces().word();
        if (word.equals("for")) {
            cursor.spaces().word();
            word = cursor.spaces().word();
        }
        if (!word.isEmpty() && Cursor.isDigit(word.charAt(0))) {
            draft.attribute("driver_version", word);
        }
    }

    /** {@code [Hardware Error]: …} of {@code {1}[Hardware Error]: …}. */
    private static String withoutRecordNumber(String text) {
        int close = text.startsWith("{") ? text.indexOf('}') : -1;
        return close > 0 && close < 12 ? text.substring(close + 1) : text;
    }

    private static void numbers(String text, String condition, Draft draft) {
        switch (condition) {
            case "hung-task" -> {
                number(text, " for more than ", "elapsed_seconds", draft);
                task(text, draft);
            }
            case "soft-lockup" -> {
                number(text, "stuck for ", "elapsed_seconds", draft);
                taskInBrackets(text, draft);
            }
            case "cpu-thermal" -> number(text, "total events = ", "throttle_events", draft);
            case "memory-corrected", "memory-uncorrected" ->
                number(text.startsWith("EDAC ") ? text : "", ": ", "event_count", draft);
            case "filesystem", "storage" -> draft.attribute("device", device(text));
            default -> {}
        }
    }

    private static void number(String text, String before, String measure, Draft draft) {
        long number = Cursor.numberBehind(text, before);
        if (number >= 0) {
            draft.measure(measure, number);
        }
    }

    /** {@code INFO: task name:4711 blocked …}. */
    private static void task(String text, Draft draft) {
        int task = text.indexOf("task ");
        int blocked = text.indexOf(" blocked ");
        if (task >= 0 && blocked > task) {
            process(text, task + 5, blocked, draft);
        }
    }

    /** A name, a colon and a number. */
    private static void process(String text, int from, int to, Draft draft) {
        int colon = Cursor.lastIn(text, ':', from, to);
        if (colon > from) {
            draft.attribute("process", text.substring(from, colon));
            draft.attribute("pid", text.substring(colon + 1, to));
        }
    }

    /** {@code … stuck for 27s! [python3:2254956]}. */
    private static void taskInBrackets(String text, Draft draft) {
        int open = text.indexOf("! [");
        int close = open < 0 ? -1 : text.indexOf(']', open);
        if (close > 0) {
            process(text, open + 3, close, draft);
        }
    }

    /** {@code md0} of {@code EXT4-fs (md0): …}, {@code nvme0} of {@code nvme nvme0: …}, {@code sda1} of {@code … dev sda1, …}. */
    private static @Nullable String device(String text) {
        int open = text.indexOf(" (");
        int close = open > 0 && open < 20 ? text.indexOf("):", open) : -1;
        if (close > 0) {
            int name = text.startsWith("device ", open + 2) ? open + 9 : open + 2;
            return text.substring(name, close);
        }
        int blank = text.startsWith("nvme ") || text.startsWith("block ") ? text.indexOf(' ') : -1;
        if (blank > 0) {
            return withoutPoint(new Cursor(text, blank + 1).word());
        }
        for (String before : new String[] {" dev ", "failure on ", "path failure "}) {
            int found = text.indexOf(before);
            if (found >= 0) {
                return withoutPoint(new Cursor(text, found + before.length()).word());
            }
        }
        return null;
    }

    private static String withoutPoint(String word) {
        int end = word.length();
        while (end > 0 && ",:.".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    /** The address in {@code NVRM: GPU 0000:3b:00.0: text}. */
    private static @Nullable String gpu(String text) {
        int at = text.startsWith("NVRM: GPU ") ? 10 : text.indexOf("GPU 0") + 4;
        return at > 4 && DeviceLine.isAddress(text, at) ? XidParser.pciAddress(text.substring(at, at + 12)) : null;
    }

    @Override
    public String note(ParseResult.Parsed parsed, String before) {
        String message = parsed.message();
        if (message.startsWith("oom-kill:")) {
            return OomKiller.note(parsed.attributes());
        }
        if (message.startsWith(XidParser.LOST_FIRST)) {
            return message;
        }
        boolean over = OomKiller.isNote(before) && parsed.kind() == EventKind.MEMORY_EXHAUSTED;
        return over ? "" : before;
    }
}
