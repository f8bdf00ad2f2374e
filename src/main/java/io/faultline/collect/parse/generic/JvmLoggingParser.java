package io.faultline.collect.parse.generic;

import io.faultline.collect.parse.format.Cursor;
import io.faultline.collect.parse.format.Draft;
import io.faultline.collect.parse.format.Family;
import io.faultline.collect.parse.format.Faults;
import io.faultline.collect.parse.format.FormatParser;
import io.faultline.collect.parse.format.ParseContext;
import io.faultline.collect.parse.format.ParseResult;
import io.faultline.collect.parse.format.SeverityWords;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Log4j and Logback as Java programs set them up: {@code time [thread] LEVEL logger - text} in either order, Spring Boot's
 * {@code time LEVEL pid --- [thread] logger : text}, Spark's short year, Flink's {@code logger [] - text}, and Logback's
 * default, which writes the time of day alone.
 */
public final class JvmLoggingParser implements FormatParser {

    @Override
    public String name() {
        return "java-logging";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 20 || text.charAt(0) < '0' || text.charAt(0) > '9') {
            return false;
        }
        char third = text.charAt(2);
        if (third == '/' || third == ':') {
            return true;
        }
        return (text.charAt(4) == '-' || text.charAt(4) == '/') && text.charAt(13) == ':' && text.indexOf(" [", 18) > 0;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        Cursor cursor = new Cursor(text);
        boolean spark = text.charAt(2) == '/';
        boolean clockOnly = text.charAt(2) == ':';
        if (clockOnly) {
            // A day can not be known, and a wrong one would be worse than none.
            String clock = clock(cursor);
            if (clock == null) {
                return ParseResult.UNRECOGNISED;
            }
            draft.attribute("clock", clock);
        } else {
            Instant time = spark
                    ? context.timestamps().iso(new Cursor("20" + text.substring(0, 17)))
                    : context.timestamps().iso(cursor);
            if (time == null) {
                return ParseResult.UNRECOGNISED;
            }
            draft.at(time);
            cursor.position(spark ? 17 : cursor.position());
        }
        if (!head(cursor, draft, spark)) {
            return ParseResult.UNRECOGNISED;
        }
        Faults.refine(draft);
        return draft.parsed();
    }

    /** Level and thread in either order, then the logger; a line without a thread is Spark's or Flink's. */
    private static boolean head(Cursor cursor, Draft draft, boolean spark) {
        String thread = thread(cursor.spaces());
        String level = cursor.spaces().word();
        int severity = SeverityWords.numberOf(level);
        if (severity == 0 || !level.equals(level.toUpperCase(Locale.ROOT))) {
            return false;
        }
        draft.severity(severity, level);
        int before = cursor.spaces().position();
        long pid = cursor.number();
        if (pid >= 0 && cursor.take(" --- ")) {
            draft.attribute("pid", Long.toString(pid));
        } else {
            cursor.position(before);
        }
        String application = thread == null ? thread(cursor.spaces()) : null;
        String second = application == null ? null : thread(cursor.spaces());
        if (second == null) {
            thread = thread == null ? application : thread;
        } else {
            thread = second;
            draft.attribute("application", application);
        }
        String logger = cursor.spaces().word();
        boolean glued = logger.endsWith(":");
        String name = glued ? logger.substring(0, logger.length() - 1) : logger;
        cursor.spaces();
        boolean flink = cursor.take("[] - ");
        boolean ends = glued || flink || cursor.take("- ") || cursor.take("-- ") || cursor.take(": ");
        boolean python = thread != null && thread.startsWith("MainThread");
        if (!ends || python || !isLogger(name) || (thread == null && !spark && !flink)) {
            return false;
        }
        draft.attribute("logger", name)
                .attribute("thread", thread)
                .message(cursor.spaces().rest());
        return true;
    }

    private static @Nullable String thread(Cursor cursor) {
        int start = cursor.position();
        String thread = cursor.take('[') ? cursor.until(']') : null;
        if (thread == null || thread.length() > 120 || thread.isBlank()) {
            cursor.position(start);
            return null;
        }
        return thread.strip();
    }

    /** {@code 10:00:00.123}. */
    private static @Nullable String clock(Cursor cursor) {
        String clock = cursor.word();
        boolean shape = clock.length() == 12
                && clock.charAt(5) == ':'
                && (clock.charAt(8) == '.' || clock.charAt(8) == ',')
                && Character.isDigit(clock.charAt(11));
        return shape ? clock : null;
    }

    private static boolean isLogger(String name) {
        if (name.isEmpty() || !Character.isLetter(name.charAt(0))) {
            return false;
        }
        for (int i = 1; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && "._$-[]/".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
