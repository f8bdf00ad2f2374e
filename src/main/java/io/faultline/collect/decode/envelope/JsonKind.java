package io.faultline.collect.decode.envelope;

import org.jspecify.annotations.Nullable;

/** Whose JSON an object is, told by the names of its outermost keys alone: an application's own JSON is nobody's here. */
enum JsonKind {
    OTLP,
    LOKI,
    CLOUDWATCH,
    JOURNALD,
    DOCKER,
    /** A flat or nested object with the line under one key: Filebeat, Fluent Bit, Fluentd, Vector, Cloud Logging, stern. */
    SHIPPED;

    private static final int LONGEST_KEY = 24;

    private static final int LOG_TEXT = 1;
    private static final int MESSAGE = 1 << 1;
    private static final int STREAM = 1 << 2;
    private static final int TIME = 1 << 3;
    private static final int DRIVER_ATTRIBUTES = 1 << 4;
    private static final int AT_TIMESTAMP = 1 << 5;
    private static final int SHIPPER = 1 << 6;
    private static final int BEAT_PART = 1 << 7;
    private static final int TAG = 1 << 8;
    private static final int CLOUD_LOG = 1 << 9;
    private static final int CLOUD_PAYLOAD = 1 << 10;
    private static final int LINE = 1 << 11;
    private static final int LABELS = 1 << 12;
    private static final int OTHER = 1 << 13;
    private static final int JOURNAL_MESSAGE = 1 << 14;
    private static final int JOURNAL_FIELD = 1 << 15;
    private static final int KUBERNETES = 1 << 16;

    private static final int DOCKERS_KEYS = LOG_TEXT | STREAM | TIME | DRIVER_ATTRIBUTES;

    /** The kind of the object that begins at a position, or null where it is nobody's envelope. One pass, nothing copied. */
    static @Nullable JsonKind of(String text, int from) {
        int seen = 0;
        int depth = 0;
        boolean key = false;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                int end = endOfString(text, i);
                if (key && depth == 1) {
                    key = false;
                    JsonKind whole = decisive(text, i + 1, end);
                    if (whole != null) {
                        return whole;
                    }
                    seen |= bit(text, i + 1, end);
                }
                i = end;
            } else if (c == '{' || c == '[') {
                depth++;
                key = depth == 1;
            } else if (c == '}' || c == ']') {
                if (--depth == 0) {
                    break;
                }
            } else if (c == ',' && depth == 1) {
                key = true;
            }
        }
        return decide(seen);
    }

    private static @Nullable JsonKind decide(int seen) {
        boolean text = has(seen, LOG_TEXT) || has(seen, MESSAGE);
        if (has(seen, JOURNAL_MESSAGE) && has(seen, JOURNAL_FIELD)) {
            return JOURNALD;
        }
        if (has(seen, LOG_TEXT) && has(seen, TIME | STREAM) && (seen & ~DOCKERS_KEYS) == 0) {
            return DOCKER;
        }
        boolean shipped = has(seen, KUBERNETES)
                || (text && (has(seen, SHIPPER) || has(seen, AT_TIMESTAMP | BEAT_PART)))
                || (has(seen, LOG_TEXT) && !has(seen, OTHER) && (seen & (STREAM | TAG | TIME | AT_TIMESTAMP)) != 0)
                || (has(seen, LOG_TEXT) && has(seen, STREAM))
                || has(seen, CLOUD_LOG | CLOUD_PAYLOAD)
                || (has(seen, LINE) && has(seen, LABELS));
        return shipped ? SHIPPED : null;
    }

    private static boolean has(int seen, int all) {
        return (seen & all) == all;
    }

    /** Keys that only one shipper writes. */
    private static @Nullable JsonKind decisive(String text, int from, int end) {
        int length = end - from;
        if (length < 7 || length > LONGEST_KEY) {
            return null;
        }
        char first = text.charAt(from);
        if (first == 'r'
                && opens(text, end, '[')
                && (is(text, from, end, "resourceLogs") || is(text, from, end, "resource_logs"))) {
            return OTLP;
        }
        if (first == 's' && is(text, from, end, "streams") && opens(text, end, '[')) {
            return LOKI;
        }
        if (first == 'l' && is(text, from, end, "logEvents") && opens(text, end, '[')) {
            return CLOUDWATCH;
        }
        if (first == 'a' && is(text, from, end, "awslogs") && opens(text, end, '{')) {
            return CLOUDWATCH;
        }
        if (first == '@' && is(text, from, end, "@metadata")) {
            return SHIPPED;
        }
        boolean journal =
                first == '_' && (is(text, from, end, "__REALTIME_TIMESTAMP") || is(text, from, end, "__CURSOR"));
        return journal ? JOURNALD : null;
    }

    private static int bit(String text, int from, int end) {
        if (end - from > LONGEST_KEY) {
            return OTHER;
        }
        return switch (text.substring(from, end)) {
            case "log" -> opens(text, end, '"') ? LOG_TEXT : BEAT_PART;
            case "message" -> MESSAGE;
            case "stream" -> STREAM;
            case "time" -> TIME;
            case "attrs" -> DRIVER_ATTRIBUTES;
            case "@timestamp" -> AT_TIMESTAMP;
            case "_p",
                    "logtag",
                    "@log_name",
                    "container_id",
                    "docker",
                    "source_type",
                    "podName",
                    "beat",
                    "partial_message" -> SHIPPER;
            case "agent", "input" -> opens(text, end, '{') ? BEAT_PART : OTHER;
            case "kubernetes" -> opens(text, end, '{') ? KUBERNETES : OTHER;
            case "tag", "date" -> TAG;
            case "insertId", "logName" -> CLOUD_LOG;
            case "textPayload", "jsonPayload" -> CLOUD_PAYLOAD;
            case "line" -> opens(text, end, '"') ? LINE : OTHER;
            case "labels" -> opens(text, end, '{') ? LABELS : OTHER;
            case "MESSAGE" -> JOURNAL_MESSAGE;
            case "_HOSTNAME", "_PID", "_SYSTEMD_UNIT", "_TRANSPORT", "PRIORITY", "SYSLOG_IDENTIFIER" -> JOURNAL_FIELD;
            default -> OTHER;
        };
    }

    private static boolean is(String text, int from, int end, String wanted) {
        return end - from == wanted.length() && text.startsWith(wanted, from);
    }

    /** Whether the value behind a key's closing quote begins with a character. */
    private static boolean opens(String text, int quote, char wanted) {
        int i = quote + 1;
        while (i < text.length() && (text.charAt(i) <= ' ' || text.charAt(i) == ':')) {
            i++;
        }
        return i < text.length() && text.charAt(i) == wanted;
    }

    /** The closing quote of a string; the end of the text where there is none. */
    private static int endOfString(String text, int quote) {
        int end = text.indexOf('"', quote + 1);
        while (end > 0) {
            int escapes = end;
            while (text.charAt(escapes - 1) == '\\') {
                escapes--;
            }
            if (((end - escapes) & 1) == 0) {
                return end;
            }
            end = text.indexOf('"', end + 1);
        }
        return text.length();
    }
}
