package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.Months;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.model.EventKind;
import io.faultline.model.Severity;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A proxy's access line: the common and combined formats of Apache, nginx and Traefik, {@code host - user [time] "request"
 * status bytes "referer" "agent"}, and Envoy's and Istio's default, {@code [time] "request" status flags …}.
 */
public final class AccessLogParser implements FormatParser {

    private static final int LONGEST_CLIENT = 64;

    /** What Envoy's default format writes behind the status. */
    private static final String[] ENVOY = {"request_bytes", "response_bytes"};

    /** Istio writes so many more in front of the bytes. */
    private static final int ISTIO_DETAILS = 3;

    private static final String[] ENVOY_TEXTS = {"forwarded_for", "agent", "request_id", "authority", "upstream"};

    @Override
    public String name() {
        return "access-log";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public boolean mayRead(String text) {
        int bracket = text.indexOf('[');
        if (bracket == 0) {
            return text.length() > 30 && text.charAt(11) == 'T' && text.startsWith("] \"", 25);
        }
        return bracket > 3
                && bracket < 2 * LONGEST_CLIENT
                && text.length() > bracket + 21
                && text.charAt(bracket - 1) == ' '
                && text.charAt(bracket + 3) == '/'
                && text.charAt(bracket + 12) == ':';
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this).message(text);
        Cursor cursor = new Cursor(text);
        boolean read = text.charAt(0) == '[' ? envoy(cursor, draft, context) : combined(cursor, draft);
        return read ? draft.parsed() : ParseResult.UNRECOGNISED;
    }

    private static boolean combined(Cursor cursor, Draft draft) {
        String client = cursor.until(' ');
        String user = cursor.until(" [");
        Instant time = user == null ? null : time(cursor);
        if (time == null || !cursor.take("] \"") || client == null || client.length() > LONGEST_CLIENT) {
            return false;
        }
        draft.at(time);
        int status = request(cursor, draft);
        if (status < 0) {
            return false;
        }
        String bytes = cursor.spaces().word();
        String referer = text(cursor.spaces());
        String agent = text(cursor.spaces());
        draft.attribute("client", client).attribute("bytes", dashless(bytes));
        draft.attribute("referer", dashless(referer)).attribute("agent", dashless(agent));
        return true;
    }

    private static boolean envoy(Cursor cursor, Draft draft, ParseContext context) {
        cursor.take('[');
        draft.at(context.timestamps().iso(cursor));
        if (draft.timestamp() == null || !cursor.take("] \"") || request(cursor, draft) < 0) {
            return false;
        }
        draft.attribute("response_flags", dashless(cursor.spaces().word()));
        // Response code details, connection termination details, transport failure reason.
        for (int i = 0; i < ISTIO_DETAILS && !Character.isDigit(cursor.spaces().peek()); i++) {
            String detail = cursor.peek() == '"' ? text(cursor) : cursor.word();
            draft.attribute("details", dashless(detail));
        }
        for (String name : ENVOY) {
            draft.attribute(name, dashless(cursor.spaces().word()));
        }
        long millis = cursor.spaces().number();
        if (millis >= 0) {
            draft.measure("duration_seconds", millis / 1e3);
        }
        draft.attribute("upstream_millis", dashless(cursor.spaces().word()));
        for (String name : ENVOY_TEXTS) {
            draft.attribute(name, dashless(text(cursor.spaces())));
        }
        return true;
    }

    /** {@code GET /path HTTP/1.1" 200}; the status, or -1. What is no request at all, as scanners send it, has only that. */
    private static int request(Cursor cursor, Draft draft) {
        int start = cursor.position();
        String request = cursor.until("\" ");
        int status = request == null ? -1 : cursor.digits(3);
        if (request == null || status < 0 || (status > 0 && status < 100)) {
            cursor.position(start);
            return -1;
        }
        int first = request.indexOf(' ');
        int last = request.lastIndexOf(' ');
        if (first > 0 && last > first) {
            draft.attribute("method", request.substring(0, first));
            draft.attribute("path", request.substring(first + 1, last));
        }
        draft.kind(EventKind.INFERENCE_REQUEST).measure("status_code", status);
        if (status >= 500 || status == 0) {
            draft.kind(EventKind.REQUEST_ERROR).atLeast(Severity.ERROR);
        }
        return status;
    }

    /** {@code 01/Mar/2026:10:00:00 +0000}. */
    private static @Nullable Instant time(Cursor cursor) {
        int day = cursor.digits(2);
        String month = day > 0 && cursor.take('/') ? cursor.until('/') : null;
        int year = month == null ? -1 : cursor.digits(4);
        int hour = year > 0 && cursor.take(':') ? cursor.digits(2) : -1;
        int minute = hour >= 0 && cursor.take(':') ? cursor.digits(2) : -1;
        int second = minute >= 0 && cursor.take(':') ? cursor.digits(2) : -1;
        boolean minus = second >= 0 && cursor.take(" -");
        boolean plus = !minus && second >= 0 && cursor.take(" +");
        int hours = minus || plus ? cursor.digits(2) : -1;
        int minutes = hours >= 0 ? cursor.digits(2) : -1;
        if (minutes < 0 || month == null) {
            return null;
        }
        try {
            int offset = hours * 3600 + minutes * 60;
            return LocalDateTime.of(year, Months.of(month), day, hour, minute, Math.min(second, 59))
                    .toInstant(ZoneOffset.ofTotalSeconds(minus ? -offset : offset));
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A text in quotes, as it stands; null where none is. */
    private static @Nullable String text(Cursor cursor) {
        return cursor.take('"') ? cursor.until('"') : null;
    }

    private static @Nullable String dashless(@Nullable String text) {
        return text == null || text.equals("-") ? null : text;
    }
}
