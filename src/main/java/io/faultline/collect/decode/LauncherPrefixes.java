package io.faultline.collect.decode;

import static io.faultline.collect.parse.format.Cursor.endOfDigits;
import static io.faultline.collect.parse.format.Cursor.isDigit;

import io.faultline.model.Attributes;

/**
 * Peels off what launchers put before a line to tell who wrote it, and keeps it as attributes: {@code rank},
 * {@code local_rank}, {@code process}, {@code pid}, {@code service}, {@code pod}, {@code container}. Prefixes nest
 * ({@code 13: [rank13]: …}), so it peels until nothing more is known. One peeler serves one thread.
 */
final class LauncherPrefixes {

    private Attributes attributes = Attributes.NONE;

    /** What the prefixes of the line peeled last said. */
    Attributes attributes() {
        return attributes;
    }

    /** Forgets the line before. */
    void start() {
        attributes = Attributes.NONE;
    }

    /** Peels from a position on; returns where the text begins. */
    int peel(String text, int from) {
        int at = from;
        while (true) {
            int next = one(text, at);
            if (next == at) {
                return at;
            }
            at = next;
        }
    }

    private int one(String text, int at) {
        if (at >= text.length()) {
            return at;
        }
        char c = text.charAt(at);
        if (c == '[') {
            return bracket(text, at);
        }
        if (c == '(') {
            return process(text, at);
        }
        if (isDigit(c) || c == ' ') {
            return srun(text, at);
        }
        return isNameChar(c) ? compose(text, at) : at;
    }

    /** {@code " 3: "} of srun --label, padded to the width of the last rank. */
    private int srun(String text, int at) {
        int digit = at;
        while (digit < text.length() && digit < at + 5 && text.charAt(digit) == ' ') {
            digit++;
        }
        int end = endOfDigits(text, digit);
        if (end == digit || end - digit > 6 || end >= text.length() || text.charAt(end) != ':') {
            return at;
        }
        if (end + 1 < text.length() && text.charAt(end + 1) != ' ') {
            return at;
        }
        put("rank", text.substring(digit, end));
        return Math.min(end + 2, text.length());
    }

    /** {@code [80746] }: the numbers that LLaMA-Factory's page puts before the lines of a run. They say nothing. */
    private static int lineNumber(String text, int at) {
        int end = endOfDigits(text, at + 1);
        if (end == at + 1 || end > at + 8 || !text.startsWith("] ", end) || end + 2 >= text.length()) {
            return at;
        }
        char first = text.charAt(end + 2);
        boolean head = first == '[' || first == '{' || first == ' ';
        return head || isHead(text.substring(end + 2)) ? end + 2 : at;
    }

    private static boolean isHead(String text) {
        return switch (Heads.shape(text)) {
            case HEAD, VLLM, COMPLETE, TRACEBACK, CHAIN -> true;
            default -> false;
        };
    }

    /** {@code [rank3]:}, {@code [default7]:} of torchrun --tee, {@code [pod/name/container] } of kubectl --prefix. */
    private int bracket(String text, int at) {
        if (at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
            return lineNumber(text, at);
        }
        int end = text.indexOf(']', at);
        if (end < 0 || end - at > 300) {
            return at;
        }
        if (text.startsWith("pod/", at + 1)) {
            int slash = text.indexOf('/', at + 5);
            if (slash < 0 || slash > end) {
                return at;
            }
            put("pod", text.substring(at + 5, slash));
            put("container", text.substring(slash + 1, end));
            return behindBlank(text, end + 1);
        }
        if (end + 1 >= text.length() || text.charAt(end + 1) != ':') {
            return at;
        }
        int name = nameOfRank(text, at + 1);
        if (name == 0 || name == end - at - 1 || endOfDigits(text, at + 1 + name) != end) {
            return at;
        }
        boolean global = name == 4 || text.startsWith("trainer", at + 1);
        put(global ? "rank" : "local_rank", text.substring(at + 1 + name, end));
        return behindBlank(text, end + 2);
    }

    /** {@code (EngineCore_DP0 pid=123) }, {@code (VllmWorker rank=0 pid=123) }, {@code (ServeReplica:a:b pid=1, ip=…) }. */
    private int process(String text, int at) {
        int end = text.indexOf(')', at);
        if (end < 0 || end - at > 200 || (end + 1 < text.length() && text.charAt(end + 1) != ' ')) {
            return at;
        }
        int pid = text.indexOf(" pid=", at);
        int pidEnd = pid < 0 ? -1 : endOfDigits(text, pid + 5);
        if (pid < 0 || pid > end || pidEnd == pid + 5 || (pidEnd != end && text.charAt(pidEnd) != ',')) {
            return at;
        }
        int nameEnd = text.indexOf(' ', at);
        if (nameEnd == at + 1) {
            return at;
        }
        put("process", text.substring(at + 1, nameEnd));
        int rank = text.indexOf(" rank=", at);
        if (rank >= 0 && rank < pid) {
            put("rank", text.substring(rank + 6, endOfDigits(text, rank + 6)));
        }
        put("pid", text.substring(pid + 5, pidEnd));
        return behindBlank(text, end + 1);
    }

    /** {@code "chat-1  | "} of docker compose: a service and the number of its container. */
    private int compose(String text, int at) {
        int end = at;
        while (end < text.length() && end < at + 64 && isNameChar(text.charAt(end))) {
            end++;
        }
        int digits = end;
        while (digits > at && isDigit(text.charAt(digits - 1))) {
            digits--;
        }
        boolean numbered =
                digits < end && digits - 1 > at && (text.charAt(digits - 1) == '-' || text.charAt(digits - 1) == '_');
        if (!numbered || isDigit(text.charAt(at))) {
            return at;
        }
        int bar = end;
        while (bar < text.length() && bar < end + 32 && text.charAt(bar) == ' ') {
            bar++;
        }
        if (bar == end || bar >= text.length() || text.charAt(bar) != '|') {
            return at;
        }
        put("service", text.substring(at, digits - 1));
        put("container", text.substring(at, end));
        return behindBlank(text, bar + 1);
    }

    private void put(String key, String value) {
        attributes = attributes.isEmpty() ? Attributes.of(key, value) : attributes.with(key, value);
    }

    private static int nameOfRank(String text, int at) {
        if (text.startsWith("rank", at)) {
            return 4;
        }
        return text.startsWith("default", at) || text.startsWith("trainer", at)
                ? 7
                : text.startsWith("worker", at) ? 6 : 0;
    }

    private static int behindBlank(String text, int at) {
        return at < text.length() && text.charAt(at) == ' ' ? at + 1 : at;
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
