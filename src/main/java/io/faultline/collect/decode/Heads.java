package io.faultline.collect.decode;

import static io.faultline.collect.parse.format.Cursor.isDigit;

/** Knows the heads of the formats by their first characters, well enough to see where a record begins. */
final class Heads {

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final String[] LEVELS = {"INFO", "WARNING", "ERROR", "DEBUG", "CRITICAL", "WARN", "FATAL"};

    /** A shorter line of equals signs is an ornament. */
    private static final int RULE_LENGTH = 20;

    private Heads() {}

    static Shape shape(String text) {
        int start = 0;
        while (start < text.length() && (text.charAt(start) == ' ' || text.charAt(start) == '\t')) {
            start++;
        }
        if (start == text.length()) {
            return Shape.BLANK;
        }
        char c = text.charAt(start);
        if (start <= 1 && isLocalSyslog(text, start)) {
            return Shape.COMPLETE;
        }
        if ((c == '[' && start <= 1 && isIsoTime(text, start + 1)) || text.startsWith("iteration ", start)) {
            return iteration(text, start);
        }
        if (start > 0) {
            // rows of kubectl describe
            boolean row = text.startsWith("Warning  ", start) || text.startsWith("Normal  ", start);
            return row || isIndentedPrint(text, start) ? Shape.COMPLETE : Shape.INDENTED;
        }
        return switch (c) {
            case '{' -> text.charAt(text.length() - 1) == '}' ? Shape.COMPLETE : Shape.PLAIN;
            case '[' -> bracket(text);
            case '<' ->
                text.length() > 4 && isDigit(text.charAt(1)) && text.indexOf('>') < 5 ? Shape.COMPLETE : Shape.PLAIN;
            case '=' -> isRule(text) ? Shape.RULE : Shape.PLAIN;
            // What closes a struct that was printed over many lines.
            case '}' -> text.length() == 1 ? Shape.INDENTED : Shape.PLAIN;
            default -> isDigit(c) ? digit(text) : letter(text, c);
        };
    }

    /** The length of {@code ERROR 03-01 10:00:00 [core.py:12] } at the start of a text; 0 if it has none. */
    static int vllmPrefix(String text) {
        int level = 0;
        while (level < text.length() && level < 8 && text.charAt(level) >= 'A' && text.charAt(level) <= 'Z') {
            level++;
        }
        int date = level + 1;
        if (level < 4
                || text.length() < date + 14
                || text.charAt(level) != ' '
                || text.charAt(date + 2) != '-'
                || text.charAt(date + 5) != ' '
                || text.charAt(date + 8) != ':'
                || !isDigit(text.charAt(date))) {
            return 0;
        }
        int end = text.indexOf(']', date + 14);
        if (end < 0 || end > date + 120) {
            return date + 14;
        }
        return end + 1 < text.length() && text.charAt(end + 1) == ' ' ? end + 2 : end + 1;
    }

    /** {@code 2026-03-01 10:00}, also with {@code T}. */
    static boolean isIsoTime(String text, int at) {
        return text.length() >= at + 16
                && isDigit(text.charAt(at))
                && isDigit(text.charAt(at + 3))
                && text.charAt(at + 4) == '-'
                && text.charAt(at + 7) == '-'
                && (text.charAt(at + 10) == ' ' || text.charAt(at + 10) == 'T')
                && text.charAt(at + 13) == ':'
                && isDigit(text.charAt(at + 12));
    }

    /** {@code torch.OutOfMemoryError: CUDA out …}, {@code KeyboardInterrupt}: the line a Python traceback ends with. */
    static boolean isExceptionLine(String text) {
        int end = 0;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || "._".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        return end > 3 && !isDigit(text.charAt(0)) && (end == text.length() || text.charAt(end) == ':');
    }

    /**
     * Whether a line without a head goes on with what the head of a block announced: the rows of Triton's tables behind
     * {@code server.cc:633] }, the timings of llama.cpp behind {@code slot print_timing: id 0 | task 5 | }, the payload of
     * Fabric Manager's messages.
     */
    static boolean isBlockLine(String head, String text) {
        if (text.startsWith("| ") || text.startsWith("+-")) {
            int end = head.length();
            while (end > 0 && head.charAt(end - 1) == ' ') {
                end--;
            }
            return end > 0 && head.charAt(end - 1) == ']';
        }
        if (text.startsWith("Message payload details:")) {
            return head.contains("Message header details:");
        }
        return (text.startsWith("prompt eval time =") || text.startsWith("draft acceptance rate ="))
                && head.contains(" print_timing: ");
    }

    /** Whether a line is the kernel's report that the GPU's system processor does not answer, which a history follows. */
    static boolean isSilentProcessor(String text) {
        int xid = text.indexOf("NVRM: Xid (");
        return xid >= 0 && (text.indexOf("): 119,", xid) > 0 || text.indexOf("): 120,", xid) > 0);
    }

    /**
     * Where the driver's text begins in a line of the history behind such a report: {@code NVRM: GPU0 RPC history (CPU -> GSP):}
     * and its indented rows. -1 for any other line.
     */
    static int driverHistory(String text) {
        int at = text.indexOf("NVRM: ");
        int from = at + 6;
        if (at < 0 || from >= text.length()) {
            return -1;
        }
        boolean title = text.startsWith("GPU", from)
                && (text.indexOf(" RPC ", from) > 0 || text.indexOf(" GSP ", from) > 0)
                && text.indexOf("Xid", from) < 0;
        return title || text.charAt(from) == ' ' || text.charAt(from) == '\t' ? at : -1;
    }

    /** {@code Process SpawnProcess-3:}, which Python prints before the traceback that a child process died of. */
    static boolean isDeadProcess(String text) {
        return text.startsWith("Process ")
                && text.length() > 9
                && text.length() < 80
                && text.charAt(text.length() - 1) == ':'
                && text.indexOf(' ', 8) < 0;
    }

    private static Shape bracket(String text) {
        if (text.length() < 8) {
            return Shape.PLAIN;
        }
        if (isUptime(text) || (text.charAt(4) == ' ' && DAYS.contains(text.substring(1, 4)))) {
            return Shape.COMPLETE;
        }
        boolean c10 = "IWEF".indexOf(text.charAt(1)) >= 0 && (isDigit(text.charAt(2)) || text.charAt(2) == ' ');
        boolean fabricManager = text.length() > 22 && text.charAt(21) == ']' && isSyslogTime(text, 1, 13);
        boolean named = text.startsWith("[Rank ") || text.startsWith("[NeMo ") || text.startsWith("[titan] ");
        return c10 || isLevel(text, 1) || named || fabricManager ? Shape.HEAD : Shape.PLAIN;
    }

    private static Shape digit(String text) {
        if (isIsoTime(text, 0)) {
            return Shape.HEAD;
        }
        if (text.length() < 96 && text.contains(" print_timing: id ")) {
            return Shape.HEAD;
        }
        int comma = text.indexOf(',');
        boolean kmsg = comma > 0 && comma < 4 && text.indexOf(';') > comma && text.indexOf(';') < 48;
        return kmsg ? Shape.COMPLETE : Shape.PLAIN;
    }

    private static Shape letter(String text, char c) {
        if (c >= 'A' && c <= 'Z') {
            if (text.startsWith("Traceback (most recent call last)")) {
                return Shape.TRACEBACK;
            }
            if (text.startsWith("During handling of") || text.startsWith("The above exception was")) {
                return Shape.CHAIN;
            }
            if (text.startsWith("Exception raised from ")) {
                return Shape.FRAME;
            }
            if (isSyslog(text)) {
                return Shape.COMPLETE;
            }
            if (isLevel(text, 0)) {
                return level(text);
            }
            return isGlog(text) ? Shape.HEAD : Shape.PLAIN;
        }
        if (text.startsWith("frame #") || (c == '#' && isCollectiveFrame(text))) {
            return Shape.FRAME;
        }
        if (text.endsWith(" across ranks (ms):") || text.startsWith("slot print_timing: ")) {
            return Shape.HEAD;
        }
        if (text.startsWith("kern ") || text.startsWith("kern:")) {
            return Shape.COMPLETE;
        }
        int nccl = text.indexOf(" NCCL ");
        boolean library = nccl > 0
                && nccl < 100
                && (text.startsWith("INFO", nccl + 6)
                        || text.startsWith("WARN", nccl + 6)
                        || text.startsWith("TRACE", nccl + 6));
        return library ? Shape.COMPLETE : Shape.PLAIN;
    }

    /** Megatron indents some records of their own: {@code   successfully saved checkpoint at iteration 100 to /ckpt}. */
    private static boolean isIndentedPrint(String text, int start) {
        return start <= 2
                && (text.startsWith("successfully saved checkpoint ", start)
                        || text.startsWith("successfully loaded checkpoint ", start)
                        || text.startsWith("validation loss at ", start)
                        || text.startsWith("valid loss at ", start)
                        || text.startsWith("test loss at ", start));
    }

    /** {@code #0 all_reduce from distributed_c10d.py:2501}, as c10 lists where a collective was called. */
    private static boolean isCollectiveFrame(String text) {
        return text.length() > 12 && isDigit(text.charAt(1)) && text.indexOf(" from ") > 0 && text.indexOf(":") > 0;
    }

    /** vLLM, uvicorn ({@code INFO:     }), Python's own ({@code INFO:name:}); of vLLM only the grave ones have more lines. */
    private static Shape level(String text) {
        if (vllmPrefix(text) > 0) {
            return text.startsWith("INFO") || text.startsWith("DEBUG") ? Shape.COMPLETE : Shape.VLLM;
        }
        if (text.startsWith("INFO: ")) {
            return Shape.COMPLETE;
        }
        int colon = text.indexOf(':');
        return colon > 0 && colon < 10 ? Shape.HEAD : Shape.PLAIN;
    }

    /** A Megatron iteration ends with a bar; without one it was wrapped. */
    private static Shape iteration(String text, int start) {
        int word = text.indexOf("iteration ", start);
        if (word < 0 || word > start + 40 || text.indexOf('|', word) < 0) {
            return text.charAt(start) == '[' ? Shape.HEAD : start > 0 ? Shape.INDENTED : Shape.PLAIN;
        }
        return endsWithBar(text) ? Shape.COMPLETE : Shape.WRAPPED;
    }

    static boolean endsWithBar(String text) {
        int end = text.length() - 1;
        while (end >= 0 && text.charAt(end) == ' ') {
            end--;
        }
        return end >= 0 && text.charAt(end) == '|';
    }

    /** {@code [12345.678901] } and {@code [  130.456250] } of the kernel. */
    private static boolean isUptime(String text) {
        int i = 1;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        int digits = i;
        while (i < text.length() && isDigit(text.charAt(i))) {
            i++;
        }
        return i > digits && i + 7 < text.length() && text.charAt(i) == '.' && text.charAt(i + 7) == ']';
    }

    /** {@code Mar  1 10:00:00 host}. */
    private static boolean isSyslog(String text) {
        return text.length() > 16
                && text.charAt(3) == ' '
                && text.charAt(6) == ' '
                && text.charAt(9) == ':'
                && text.charAt(12) == ':'
                && MONTHS.contains(text.substring(0, 3));
    }

    /**
     * {@code  8月 16 11:08:22 host}, {@code août 25 11:08:22 host}: the month as a language other than English writes it,
     * padded to the width of the longest.
     */
    private static boolean isLocalSyslog(String text, int start) {
        int space = text.indexOf(' ', start);
        int day = space + 1;
        if (space < start + 2 || space > start + 6 || text.length() < day + 13 || isDigit(text.charAt(space - 1))) {
            return false;
        }
        return (isDigit(text.charAt(day)) || text.charAt(day) == ' ')
                && isDigit(text.charAt(day + 1))
                && text.charAt(day + 2) == ' '
                && isClock(text, day + 3)
                && text.charAt(day + 11) == ' '
                && !isLevel(text, start);
    }

    private static boolean isClock(String text, int at) {
        return isDigit(text.charAt(at + 1))
                && text.charAt(at + 2) == ':'
                && isDigit(text.charAt(at + 4))
                && text.charAt(at + 5) == ':'
                && isDigit(text.charAt(at + 7));
    }

    /** {@code Mar 01 2026 10:00:00}: a month at one place, a time of day at another. */
    private static boolean isSyslogTime(String text, int month, int clock) {
        return text.charAt(month + 3) == ' '
                && isClock(text, clock)
                && MONTHS.contains(text.substring(month, month + 3));
    }

    /** {@code E0301 10:00:00.000000 }. */
    private static boolean isGlog(String text) {
        return text.length() > 14
                && "IWEF".indexOf(text.charAt(0)) >= 0
                && isDigit(text.charAt(1))
                && isDigit(text.charAt(4))
                && text.charAt(5) == ' '
                && text.charAt(8) == ':';
    }

    private static boolean isLevel(String text, int at) {
        for (String level : LEVELS) {
            if (text.startsWith(level, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRule(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '=') {
                return false;
            }
        }
        return text.length() >= RULE_LENGTH;
    }
}
