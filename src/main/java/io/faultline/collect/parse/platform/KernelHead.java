package io.faultline.collect.parse.platform;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.SeverityWords;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the text of a kernel line, in any of the shapes of syslog, dmesg and kmsg.
 *
 * @param host the host that syslog names
 * @param tag the program that syslog names; {@code kernel} for the kernel
 * @param pid behind the program's name
 * @param severityNumber 0 where the head has none
 * @param text the rest
 */
public record KernelHead(
        @Nullable Instant timestamp,
        @Nullable String host,
        @Nullable String tag,
        @Nullable String pid,
        int severityNumber,
        String severityText,
        String text) {

    private static final String KERNEL = "kernel";
    private static final String[] LEVELS = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};

    /** The head of a text, or null where it has none of the shapes. */
    static @Nullable KernelHead read(String text, ParseContext context) {
        if (text.isEmpty()) {
            return null;
        }
        char first = text.charAt(0);
        if (first == '[') {
            return brackets(text, context);
        }
        if (first >= '0' && first <= '9') {
            KernelHead kmsg = kmsg(text);
            return kmsg != null ? kmsg : syslog(text, context);
        }
        if (first == '<' || first > 'Z' || (first >= 'A' && text.length() > 3 && text.charAt(3) <= 'z')) {
            KernelHead leveled = leveled(text, context);
            return leveled != null ? leveled : syslog(text, context);
        }
        return null;
    }

    /** {@code [12345.678901] }, {@code [  130.456250] [ T1946] } or {@code [Sun Feb 23 16:24:18 2025] }. */
    private static @Nullable KernelHead brackets(String text, ParseContext context) {
        Cursor cursor = new Cursor(text, 1);
        Instant time = null;
        long seconds = cursor.spaces().number();
        // The kernel prints exactly six decimals; a number in brackets of another kind is somebody else's.
        boolean sinceBoot = seconds >= 0 && cursor.take('.') && cursor.digits(6) >= 0;
        if (!sinceBoot) {
            cursor.position(1);
            time = context.timestamps().weekday(cursor);
        }
        if ((!sinceBoot && time == null) || !cursor.take(']')) {
            return null;
        }
        cursor.spaces();
        int thread = cursor.position();
        boolean threadTag = cursor.take('[')
                && (cursor.spaces().take('T') || cursor.take('C'))
                && cursor.number() >= 0
                && cursor.take(']');
        if (!threadTag) {
            cursor.position(thread);
        }
        String rest = cursor.spaces().rest();
        int kernel = rest.indexOf(" kernel: ");
        boolean named = kernel > 0 && rest.lastIndexOf(' ', kernel - 1) < 0;
        return named
                ? new KernelHead(time, rest.substring(0, kernel), KERNEL, null, 0, "", rest.substring(kernel + 9))
                : new KernelHead(time, null, KERNEL, null, 0, "", rest);
    }

    /** {@code 4,1234,227996636,-;text}: priority, sequence, microseconds since boot, flags. */
    private static @Nullable KernelHead kmsg(String text) {
        Cursor cursor = new Cursor(text);
        long priority = cursor.number();
        boolean shape = priority >= 0
                && cursor.take(',')
                && cursor.number() >= 0
                && cursor.take(',')
                && cursor.number() >= 0
                && cursor.take(',');
        String flags = shape ? cursor.until(';') : null;
        if (flags == null || flags.length() > 32 || priority > 191) {
            return null;
        }
        int level = (int) priority & 7;
        return new KernelHead(
                null, null, KERNEL, null, SeverityWords.numberOfPriority(level), LEVELS[level], cursor.rest());
    }

    /** {@code kern  :warn  : 2025-01-21T04:41:44,283302+00:00 text}, as {@code dmesg -x} writes it. */
    private static @Nullable KernelHead leveled(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        String facility = cursor.until(':');
        if (facility == null || facility.length() != 6) {
            return null;
        }
        String level = cursor.until(": ");
        int severity = level == null || level.length() > 8 ? 0 : SeverityWords.numberOf(level.strip());
        if (severity == 0 || level == null) {
            return null;
        }
        Instant time = context.timestamps().iso(cursor);
        String rest = cursor.spaces().rest();
        KernelHead inner = time == null && rest.startsWith("[") ? brackets(rest, context) : null;
        return new KernelHead(
                inner == null ? time : inner.timestamp,
                null,
                facility.startsWith("kern") ? KERNEL : facility.strip(),
                null,
                severity,
                level.strip(),
                inner == null ? rest : inner.text);
    }

    /** {@code <4>Mar  1 10:00:00 gpu-a1 kernel: [12.345678] text}, the time of RFC 3164 or ISO. */
    private static @Nullable KernelHead syslog(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        int priority = -1;
        if (cursor.take('<')) {
            priority = (int) cursor.number();
            if (priority < 0 || !cursor.take('>')) {
                return null;
            }
            if (cursor.peek() == '[') {
                return raw(cursor.rest(), priority, context);
            }
        }
        Instant time = context.timestamps().syslog(cursor, context.observed());
        if (time == null) {
            time = context.timestamps().iso(cursor);
        }
        if (time == null || !cursor.take(' ')) {
            return null;
        }
        String host = cursor.word();
        if (host.isEmpty() || host.length() > 253 || host.endsWith(":") || !cursor.take(' ')) {
            return null;
        }
        String tag = cursor.word();
        if (!tag.endsWith(":")) {
            return null;
        }
        String program = programOf(tag);
        String rest = cursor.spaces().rest();
        if (program.equals(KERNEL) && rest.startsWith("[")) {
            KernelHead inner = brackets(rest, context);
            rest = inner == null ? rest : inner.text;
        }
        int severity = priority < 0 ? 0 : SeverityWords.numberOfPriority(priority);
        return new KernelHead(
                time, host, program, pidOf(tag), severity, priority < 0 ? "" : LEVELS[priority & 7], rest);
    }

    /** {@code <30>[   13.237334] systemd[1]: text}, as {@code dmesg -r} writes it: facility 0 is the kernel itself. */
    private static @Nullable KernelHead raw(String text, int priority, ParseContext context) {
        KernelHead inner = brackets(text, context);
        if (inner == null) {
            return null;
        }
        int colon = priority < 8 ? -1 : inner.text.indexOf(": ");
        String tag = colon > 0 && inner.text.lastIndexOf(' ', colon) < 0 ? inner.text.substring(0, colon + 1) : "";
        return new KernelHead(
                inner.timestamp,
                null,
                tag.isEmpty() ? KERNEL : programOf(tag),
                tag.isEmpty() ? null : pidOf(tag),
                SeverityWords.numberOfPriority(priority),
                LEVELS[priority & 7],
                tag.isEmpty() ? inner.text : inner.text.substring(colon + 2));
    }

    /** {@code systemd} of {@code systemd[1]:}. */
    private static String programOf(String tag) {
        int open = tag.indexOf('[');
        return tag.substring(0, open > 0 ? open : tag.length() - 1);
    }

    private static @Nullable String pidOf(String tag) {
        int open = tag.indexOf('[');
        int close = tag.indexOf(']', Math.max(open, 0));
        return open > 0 && close > open ? tag.substring(open + 1, close) : null;
    }

    boolean isKernel() {
        return KERNEL.equals(tag);
    }
}
