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

/** All other lines of the kernel; the killer of processes among them. */
public final class KernelParser implements FormatParser {

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public Family family() {
        return Family.KERNEL;
    }

    @Override
    public boolean mayRead(String text) {
        return text.length() > 10
                && !XidParser.isDriversReport(text)
                && (headed(text.charAt(0)) || text.startsWith("NVRM: "));
    }

    private static boolean headed(char first) {
        return first == '[' || first == '<' || (first >= '0' && first <= '9') || Character.isLetter(first);
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        KernelHead head = KernelHead.read(text, context);
        if (head == null) {
            return text.startsWith("NVRM: ") ? new Draft(this).message(text).parsed() : ParseResult.UNRECOGNISED;
        }
        if (!head.isKernel()) {
            return ParseResult.UNRECOGNISED;
        }
        Draft draft = new Draft(this).at(head.timestamp()).message(head.text()).entity(Entity.Level.NODE, head.host());
        draft.severity(head.severityNumber() > 0 ? head.severityNumber() : Severity.INFO.number(), head.severityText());
        killed(head.text(), draft);
        return draft.parsed();
    }

    /** {@code Out of memory: Killed process 4711 (python3) total-vm:…}; before Linux 4.19 {@code Kill process}. */
    private static void killed(String text, Draft draft) {
        int memory =
                text.startsWith("Memory cgroup out of memory: ") ? 29 : text.startsWith("Out of memory: ") ? 15 : -1;
        if (memory < 0) {
            return;
        }
        Cursor cursor = new Cursor(text, memory);
        if (!cursor.take("Killed process ") && !cursor.take("Kill process ")) {
            return;
        }
        draft.kind(EventKind.MEMORY_EXHAUSTED).atLeast(Severity.ERROR).attribute("memory", "host");
        long pid = cursor.number();
        draft.attribute("pid", pid < 0 ? null : Long.toString(pid));
        int open = text.indexOf('(', memory);
        int close = text.indexOf(')', Math.max(open, 0));
        draft.attribute("process", open > 0 && close > open ? text.substring(open + 1, close) : null);
    }
}
