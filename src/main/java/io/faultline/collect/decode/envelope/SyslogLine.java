package io.faultline.collect.decode.envelope;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.SeverityWords;
import io.faultline.collect.parse.format.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line as syslog daemons write it, {@code Mar  1 10:00:00 host program[pid]: text} (RFC 3164; with or without a priority,
 * the month in any language, or with rsyslog's ISO time), and RFC 5424.
 *
 * <p>The kernel's own lines in the older form stay whole: their head is part of the format that the parsers of kernel lines
 * read.
 */
final class SyslogLine {

    private static final int HIGHEST_PRIORITY = 191;
    private static final int LONGEST_NAME = 255;
    private static final String[] FACILITIES = {
        "kern",
        "user",
        "mail",
        "daemon",
        "auth",
        "syslog",
        "lpr",
        "news",
        "uucp",
        "cron",
        "authpriv",
        "ftp",
        "ntp",
        "audit",
        "alert",
        "clock",
        "local0",
        "local1",
        "local2",
        "local3",
        "local4",
        "local5",
        "local6",
        "local7"
    };
    private static final String[] LEVELS = {"emerg", "alert", "crit", "err", "warning", "notice", "info", "debug"};

    private final Timestamps timestamps;
    private final Address address;
    private @Nullable String problem;

    SyslogLine(Timestamps timestamps, Address address) {
        this.timestamps = timestamps;
        this.address = address;
    }

    /** What broke the grammar of the line read last; null where nothing did. */
    @Nullable
    String problem() {
        return problem;
    }

    /** The text, with what stands before it written on the address; null where it is no such line. */
    @Nullable
    String read(String text, Instant received) {
        Cursor cursor = new Cursor(text);
        int priority = -1;
        if (cursor.take('<')) {
            priority = (int) cursor.number();
            if (priority < 0 || priority > HIGHEST_PRIORITY || cursor.position() > 4 || !cursor.take('>')) {
                return null;
            }
            if (cursor.take("1 ")) {
                return structured(text, cursor, priority);
            }
        }
        return traditional(text, cursor, priority, received);
    }

    private @Nullable String traditional(String text, Cursor cursor, int priority, Instant received) {
        if (isKernels(text, cursor.position())) {
            return null;
        }
        Instant written = timestamps.syslog(cursor, received);
        if (written == null) {
            int start = cursor.position();
            written = timestamps.iso(cursor);
            // An application writes such times too, but not with T and zone and a host and a program behind them.
            char zone = text.charAt(Math.max(0, Math.min(cursor.position(), text.length()) - 1));
            boolean daemons =
                    text.length() > start + 10 && text.charAt(start + 10) == 'T' && isZone(text, cursor, zone);
            if (written == null || (priority < 0 && (!daemons || !isHostAndTag(text, cursor.position())))) {
                return null;
            }
        }
        if (!cursor.take(' ')) {
            return null;
        }
        int host = cursor.position();
        int end = endOfWord(text, host);
        if (end > host && text.charAt(end - 1) == ':') {
            return tagged(text, host, priority, written, null);
        }
        String name = text.substring(host, end);
        if (!isHost(name)) {
            return null;
        }
        return tagged(text, Math.min(end + 1, text.length()), priority, written, name);
    }

    private String tagged(String text, int from, int priority, Instant written, @Nullable String host) {
        address.kind("syslog").written(written).put("host", host);
        priority(priority);
        int end = endOfTag(text, from);
        if (end < 0) {
            return text.substring(from);
        }
        int pid = text.indexOf('[', from);
        if (pid > from && pid < end) {
            address.put("process", text.substring(from, pid)).put("pid", text.substring(pid + 1, end - 1));
        } else {
            address.put("process", text.substring(from, end));
        }
        int start = end + 1;
        return unescaped(text.substring(start < text.length() && text.charAt(start) == ' ' ? start + 1 : start));
    }

    /** Where the colon behind {@code program}, {@code program[12]} or {@code login(pam_unix)[12]} is; -1 without a program. */
    private static int endOfTag(String text, int from) {
        int i = from;
        while (i < text.length() && i < from + 80 && isTagChar(text.charAt(i))) {
            i++;
        }
        if (i == from || i >= text.length()) {
            return -1;
        }
        if (text.charAt(i) == '[') {
            int close = text.indexOf(']', i);
            boolean pid = close > i && close < i + 64 && text.startsWith(":", close + 1);
            return pid ? close + 1 : -1;
        }
        boolean ends = text.charAt(i) == ':' && (i + 1 == text.length() || text.charAt(i + 1) == ' ');
        return ends ? i : -1;
    }

    /** RFC 5424: host, program, process id, message id, structured data, text; a dash stands for none. */
    private @Nullable String structured(String text, Cursor cursor, int priority) {
        String time = cursor.word();
        Instant written = time.equals("-") ? null : EnvelopeTimes.of(time, timestamps);
        if ((written == null && !time.equals("-")) || !cursor.take(' ')) {
            return null;
        }
        String[] names = {"host", "process", "pid", "message.id"};
        String[] values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = cursor.word();
            if (values[i].isEmpty() || values[i].length() > LONGEST_NAME || !cursor.take(' ')) {
                return null;
            }
        }
        address.kind("syslog").written(written);
        priority(priority);
        for (int i = 0; i < names.length; i++) {
            address.put(values[i].equals("-") ? "" : names[i], values[i]);
        }
        int start = cursor.position();
        int end = cursor.take('-') ? start + 1 : elements(text, start);
        if (end < 0) {
            problem = "the structured data of RFC 5424 at column " + (start + 1)
                    + " is neither - nor [id name=\"value\"]; with either of them it would be right";
            return unescaped(text.substring(start));
        }
        int from = end < text.length() && text.charAt(end) == ' ' ? end + 1 : end;
        from = from < text.length() && text.charAt(from) == '\uFEFF' ? from + 1 : from;
        return unescaped(text.substring(from));
    }

    /** Behind {@code [id name="value"][…]}; -1 where the grammar is broken. */
    private int elements(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '[') {
            int id = at + 1;
            at = endOfName(text, id);
            String element = text.substring(id, at);
            boolean own = !element.equals("timeQuality") && !element.equals("meta") && !element.equals("origin");
            while (at < text.length() && text.charAt(at) == ' ') {
                int name = at + 1;
                int equals = endOfName(text, name);
                if (!text.startsWith("=\"", equals)) {
                    return -1;
                }
                StringBuilder value = new StringBuilder();
                at = value(text, equals + 2, value);
                if (at < 0) {
                    return -1;
                }
                String key = own ? FieldNames.of(text.substring(name, equals) + "") : null;
                address.put(key == null ? "" : key, value.toString());
            }
            if (id == at || at >= text.length() || text.charAt(at) != ']') {
                return -1;
            }
            at++;
        }
        return at == from || (at < text.length() && text.charAt(at) != ' ') ? -1 : at;
    }

    /** Behind the closing quote; {@code \"}, {@code \\} and {@code \]} are escapes, any other backslash is itself. */
    private static int value(String text, int from, StringBuilder out) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            boolean escape = c == '\\' && i + 1 < text.length() && "\"\\]".indexOf(text.charAt(i + 1)) >= 0;
            out.append(escape ? text.charAt(++i) : c);
        }
        return -1;
    }

    private static int endOfName(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) > ' ' && "=]\"".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private void priority(int priority) {
        if (priority >= 0) {
            address.severity(SeverityWords.numberOfPriority(priority))
                    .put(Envelopes.LEVEL, LEVELS[priority & 7])
                    .put("facility", FACILITIES[priority >> 3]);
        }
    }

    /** rsyslog writes control characters as {@code #} and three octal digits; a traceback in one message has them. */
    static String unescaped(String text) {
        if (!text.contains("#01")) {
            return text;
        }
        return text.replace("#012", "\n").replace("#011", "\t").replace("#015", "");
    }

    /** {@code Mar  1 10:00:00 host kernel: }, {@code … host kernel[0]: }: found before anything is read, as most lines of a node are its kernel's. */
    private static boolean isKernels(String text, int from) {
        int at = text.indexOf(" kernel", from);
        if (at < 0 || at > from + LONGEST_NAME + 40) {
            return false;
        }
        int end = at + 7;
        if (text.startsWith("[", end)) {
            end = text.indexOf(']', end) + 1;
        }
        if (end <= 0 || !text.startsWith(":", end)) {
            return false;
        }
        // time and host stand before it, which is three blanks and up to five words
        int words = 1;
        for (int i = from; i < at; i++) {
            char c = text.charAt(i);
            words += c == ' ' && text.charAt(i - (i > from ? 1 : 0)) != ' ' ? 1 : 0;
        }
        return words <= 5;
    }

    private static boolean isZone(String text, Cursor cursor, char last) {
        int at = cursor.position();
        return last == 'Z'
                || (at > 6
                        && (text.charAt(at - 6) == '+'
                                || text.charAt(at - 6) == '-'
                                || text.charAt(at - 5) == '+'
                                || text.charAt(at - 5) == '-'));
    }

    private static boolean isHostAndTag(String text, int at) {
        int host = at + 1;
        int end = endOfWord(text, host);
        return end > host
                && end < text.length()
                && text.charAt(end - 1) != ':'
                && isHost(text.substring(host, end))
                && endOfTag(text, end + 1) > 0;
    }

    /** The name of a host; not {@code ERROR}, which stands in the same place in applications' own lines. */
    private static boolean isHost(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME || SeverityWords.numberOf(name) > 0) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && "._-:%".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int endOfWord(String text, int from) {
        int end = text.indexOf(' ', from);
        return end < 0 ? text.length() : end;
    }

    private static boolean isTagChar(char c) {
        return c > ' ' && c != '[' && c != ':' && c != '<' && c != '{' && c != '"' && c != '=';
    }
}
