package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;

/**
 * Processes that the kernel saw die of a fault of their own: {@code python3[4711]: segfault at 7f… ip … error 4 in
 * libnccl.so.2[7f…]} and {@code traps: python3[4711] general protection fault ip:…}.
 */
final class DeadProcess {

    private static final String SEGFAULT = "segfault at ";
    private static final String TRAPS = "traps: ";

    /** The kernel cuts a name to 15 characters, and a pid has at most 7 digits. */
    private static final int REACH = 40;

    private DeadProcess() {}

    static boolean mayBegin(String text) {
        return nameEnd(text) >= 0;
    }

    static void read(String text, Draft draft) {
        int end = nameEnd(text);
        if (end < 0) {
            return;
        }
        boolean traps = text.startsWith(TRAPS);
        int from = traps ? TRAPS.length() : 0;
        int open = Cursor.lastIn(text, '[', from, Math.max(end, from));
        if (open > from) {
            draft.attribute("process", text.substring(from, open));
            draft.attribute("pid", text.substring(open + 1, text.indexOf(']', open)));
        }
        draft.kind(EventKind.PROCESS_EXIT).atLeast(Severity.ERROR);
        draft.attribute("outcome", "failure").measure("signal", signal(text));
        int library = text.lastIndexOf(" in ");
        if (library > 0) {
            String word = new Cursor(text, library + 4).word();
            int bracket = word.indexOf('[');
            draft.attribute("library", bracket < 0 ? word : word.substring(0, bracket));
        }
    }

    /** Linux: SIGSEGV 11, SIGILL 4, SIGFPE 8, SIGTRAP 5. */
    private static long signal(String text) {
        return text.contains(" invalid opcode")
                ? 4
                : text.contains(" divide error") ? 8 : text.contains(" trap int3") ? 5 : 11;
    }

    /** Where the name and number of the process end; -1 where the text is no such report. */
    private static int nameEnd(String text) {
        if (text.startsWith(SEGFAULT)) {
            return 0;
        }
        if (text.startsWith(TRAPS)) {
            int close = text.indexOf("] ");
            return close > 0 && close < TRAPS.length() + REACH ? close : -1;
        }
        int limit = Math.min(REACH, text.length());
        for (int i = text.indexOf(']', 2); i >= 0 && i < limit; i = text.indexOf(']', i + 1)) {
            if (text.startsWith("]: " + SEGFAULT, i)) {
                return i;
            }
        }
        return -1;
    }
}
