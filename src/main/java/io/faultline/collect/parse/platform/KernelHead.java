package io.faultline.collect.parse.platform;

import static io.faultline.collect.parse.format.Cursor.isDigit;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Numbers;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Timestamps;
import io.faultline.model.Measures;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the text of a kernel line, in any of the shapes of syslog, journald, dmesg and kmsg.
 *
 * @param host the host that syslog names
 * @param tag the program that syslog names; {@code kernel} for the kernel
 * @param pid behind the program's name
 * @param severityNumber 0 where the head has none
 * @param loose the head is one that others write too: the text must tell that it is the kernel's
 * @param text the rest
 */
public record KernelHead(
        @Nullable Instant timestamp,
        @Nullable String host,
        @Nullable String tag,
        @Nullable String pid,
        int severityNumber,
        String severityText,
        boolean loose,
        String text) {

    private static final String KERNEL = "kernel";
    private static final String NAMED = " kernel: ";
    private static final String[] FACILITIES = {
        "kern  ", "user  ", "mail  ", "daemon", "auth  ", "syslog", "lpr   ", "news  ", "uucp  ", "cron  ", "ftp   ",
        "local"
    };
    private static final String[] LEVELS = {"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug"};

    /** Longer names of hosts are cut nowhere, but a time and a host begin early in a line. */
    private static final int REACH = 80;

    /** The head of a text, or null where it has none of the shapes and no envelope says that the kernel wrote it. */
    static @Nullable KernelHead read(String text, ParseContext context) {
        KernelHead written = written(text, context);
        boolean kernels = written == null && KERNEL.equals(context.attributes().get("process"));
        return kernels ? new KernelHead(null, null, KERNEL, null, 0, "", false, text) : written;
    }

    private static @Nullable KernelHead written(String text, ParseContext context) {
        if (text.isEmpty()) {
            return null;
        }
        char first = text.charAt(0);
        if (first == '[') {
            return brackets(text, context);
        }
        if (first >= '0' && first <= '9') {
            KernelHead kmsg = kmsg(text);
            return kmsg != null ? kmsg : timed(text, context);
        }
        if (text.startsWith("kernel: ")) {
            return plain(null, text.substring(8), context);
        }
        KernelHead leveled = leveled(text, context);
        KernelHead timed = leveled == null ? timed(text, context) : leveled;
        return timed != null ? timed : named(text, context);
    }

    /** A look at the first characters: whether {@link #read} can find a head at all. */
    static boolean mayBegin(String text) {
        char first = text.charAt(0);
        if (first == '[' || first == '<') {
            return true;
        }
        if (isFacility(text)) {
            return true;
        }
        int end = Math.min(text.length(), REACH);
        int colon = text.indexOf(':');
        colon = colon < 0 || colon >= end ? end : colon;
        int semicolon = isDigit(first) ? text.indexOf(';') : -1;
        if (semicolon >= 0 && semicolon < colon) {
            return true;
        }
        if (colon == end) {
            return false;
        }
        boolean clock =
                colon > 0 && isDigit(text.charAt(colon - 1)) && colon + 3 < end && text.charAt(colon + 3) == ':';
        return clock || (colon >= 6 && text.startsWith(KERNEL, colon - 6)) || isUnixTime(text);
    }

    /** {@code [12345.678901] }, {@code [  130.456250] [ T1946] } or {@code [Sun Feb 23 16:24:18 2025] }. */
    private static @Nullable KernelHead brackets(String text, ParseContext context) {
        DmesgStamp stamp = DmesgStamp.read(text, context);
        if (stamp == null) {
            return null;
        }
        String rest = text.substring(stamp.end());
        int kernel = rest.indexOf(NAMED);
        boolean named = kernel > 0 && Cursor.lastIn(rest, ' ', 0, kernel) < 0;
        return new KernelHead(
                stamp.timestamp(),
                named ? rest.substring(0, kernel) : null,
                KERNEL,
                null,
                0,
                "",
                stamp.loose(),
                named ? rest.substring(kernel + NAMED.length()) : rest);
    }

    /** What stands behind the word {@code kernel: }, perhaps with the time since boot. */
    private static KernelHead plain(@Nullable String host, String rest, ParseContext context) {
        KernelHead inner = rest.startsWith("[") ? brackets(rest, context) : null;
        // A row of the OOM killer's table begins with a number in brackets too.
        boolean stamped = inner != null && !inner.loose;
        Instant time = inner == null || !stamped ? null : inner.timestamp;
        String text = inner == null || !stamped ? rest : inner.text;
        return new KernelHead(time, host, KERNEL, null, 0, "", false, text);
    }

    /** {@code gpu-a1 kernel: text}: a syslog line that lost its time. */
    private static @Nullable KernelHead named(String text, ParseContext context) {
        int kernel = text.indexOf(NAMED);
        boolean named = kernel > 0 && kernel < REACH && Cursor.lastIn(text, ' ', 0, kernel) < 0;
        return named ? plain(text.substring(0, kernel), text.substring(kernel + NAMED.length()), context) : null;
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
                null, null, KERNEL, null, SeverityWords.numberOfPriority(level), LEVELS[level], false, cursor.rest());
    }

    /** {@code kern  :warn  : 2025-01-21T04:41:44,283302+00:00 text}, as {@code dmesg -x} writes it. */
    private static @Nullable KernelHead leveled(String text, ParseContext context) {
        if (!isFacility(text)) {
            return null;
        }
        Cursor cursor = new Cursor(text, 7);
        String facility = text.substring(0, 6).strip();
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
                facility.equals("kern") ? KERNEL : facility,
                null,
                severity,
                level.strip(),
                false,
                inner == null ? rest : inner.text);
    }

    /** {@code kern  :}, {@code daemon:}: dmesg pads the names to six characters. */
    private static boolean isFacility(String text) {
        if (text.length() < 9 || text.charAt(6) != ':') {
            return false;
        }
        for (String facility : FACILITIES) {
            if (text.startsWith(facility)) {
                return true;
            }
        }
        return false;
    }

    /** {@code <4>Mar  1 10:00:00 gpu-a1 kernel: [12.345678] text}, the time of RFC 3164, ISO or of journalctl. */
    private static @Nullable KernelHead timed(String text, ParseContext context) {
        Cursor cursor = new Cursor(text);
        int priority = -1;
        if (cursor.take('<')) {
            priority = (int) cursor.number();
            if (priority < 0 || priority > 191 || !cursor.take('>')) {
                return null;
            }
            if (cursor.peek() == '[') {
                return raw(cursor.rest(), priority, context);
            }
        }
        Instant time = time(cursor.spaces(), context);
        if (time == null || !cursor.take(' ')) {
            return null;
        }
        int severity = priority < 0 ? 0 : SeverityWords.numberOfPriority(priority);
        String level = priority < 0 ? "" : LEVELS[priority & 7];
        int afterTime = cursor.position();
        String host = cursor.word();
        boolean hosted =
                !host.isEmpty() && !isLevel(host) && host.length() <= 253 && !host.endsWith(":") && cursor.take(' ');
        if (hosted && cursor.peek() == 'l' && cursor.rest().startsWith("last message repeated ")) {
            return new KernelHead(time, host, "syslogd", null, severity, level, false, cursor.rest());
        }
        cursor.spaces().take("-- ");
        String tag = hosted ? cursor.word() : "";
        if (priority >= 0 && hosted && !tag.endsWith(":")) {
            // RFC 3164, 5.4: a text without a tag.
            return new KernelHead(
                    time, host, "", null, severity, level, false, text.substring(afterTime + host.length() + 1));
        }
        if (!hosted || !tag.endsWith(":") || tag.length() < 2) {
            // dmesg --time-format=iso: "2026-03-01T10:00:00,123456+00:00 text", no host.
            boolean dmesg = afterTime == 33 && text.charAt(10) == 'T' && text.charAt(19) == ',';
            return dmesg
                    ? new KernelHead(time, null, KERNEL, null, severity, level, false, text.substring(afterTime))
                    : null;
        }
        String program = programOf(tag);
        String rest = cursor.spaces().rest();
        if (program.equals(KERNEL)) {
            rest = plain(host, rest, context).text;
        }
        return new KernelHead(time, host, program, pidOf(tag), severity, level, false, rest);
    }

    private static @Nullable Instant time(Cursor cursor, ParseContext context) {
        Timestamps timestamps = context.timestamps();
        Instant time = timestamps.syslog(cursor, context.observed());
        time = time != null ? time : timestamps.iso(cursor);
        return time != null ? time : journal(cursor, context);
    }

    /** {@code Sun 2025-02-23 16:24:18 UTC} and {@code 1740327858.123456}, as journalctl's outputs write the time. */
    private static @Nullable Instant journal(Cursor cursor, ParseContext context) {
        int start = cursor.position();
        String first = cursor.word();
        if (first.length() == 17 && isUnixTime(first)) {
            var seconds = Measures.builder();
            Numbers.put(seconds, "seconds", 1, first, 0, first.length());
            return Timestamps.epoch(seconds.build().getOr("seconds", -1));
        }
        if (!first.isEmpty() && first.length() <= 4 && cursor.take(' ')) {
            int date = cursor.position();
            Instant local = context.timestamps().iso(cursor);
            String written = cursor.textFrom(date, cursor.position() - date);
            boolean zoned = local != null && cursor.take(' ');
            String zone = zoned ? cursor.word() : "";
            if (zone.equals("UTC") || zone.equals("GMT")) {
                return context.timestamps().iso(new Cursor(written + "Z"));
            }
            if (zoned && !zone.isEmpty() && zone.length() <= 6) {
                return local;
            }
        }
        cursor.position(start);
        return null;
    }

    /** Ten digits, a dot and six digits. */
    private static boolean isUnixTime(String text) {
        return text.length() >= 17 && text.charAt(10) == '.' && new Cursor(text).digits(9) >= 0;
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
                false,
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

    /** {@code 2026-03-01T10:00:00Z ERROR module: text} is no host's. */
    private static boolean isLevel(String word) {
        return word.length() < 6 && Character.isUpperCase(word.charAt(0)) && SeverityWords.numberOf(word) > 0;
    }
}
