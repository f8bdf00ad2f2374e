package io.faultline.collect.parse.generic;

import static io.faultline.collect.parse.format.Cursor.isDigit;

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

    private static final int LONGEST_THREAD = 120;

    @Override
    public String name() {
        return "java-logging";
    }

    @Override
    public Family family() {
        return Family.GENERIC;
    }

    @Override
    public String beginnings() {
        return "[0123456789";
    }

    @Override
    public boolean mayRead(String text) {
        if (text.length() < 20) {
            return false;
        }
        if (text.charAt(0) == '[') {
            int time = timeBehindThread(text);
            return time > 0
                    && text.length() > time + 20
                    && text.charAt(time + 4) == '-'
                    && text.charAt(time + 13) == ':';
        }
        if (text.charAt(0) < '0' || text.charAt(0) > '9') {
            return false;
        }
        char third = text.charAt(2);
        if (third == '/' || third == ':') {
            return true;
        }
        return (text.charAt(4) == '-' || text.charAt(4) == '/') && text.charAt(13) == ':' && text.indexOf(" [", 18) > 0;
    }

    /** Where the text goes on behind {@code [main] }; -1 where it begins otherwise. */
    private static int timeBehindThread(String text) {
        int end = text.indexOf(']');
        boolean digit = end > 1 && end <= LONGEST_THREAD && end + 2 < text.length() && isDigit(text.charAt(end + 2));
        return digit && text.charAt(end + 1) == ' ' ? end + 2 : -1;
    }

    @Override
    public ParseResult parse(String text, ParseContext context) {
        Draft draft = new Draft(this);
        Cursor cursor = new Cursor(text);
        String first = text.charAt(0) == '[' ? bracket(cursor) : null;
        cursor.spaces();
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
        if (!(first == null ? head(cursor, draft, spark) : headBehindThread(cursor, draft, first))) {
            return ParseResult.UNRECOGNISED;
        }
        Faults.refine(draft);
        return draft.parsed();
    }

    /** Level and thread in either order, then the logger; a line without a thread is Spark's or Flink's. */
    private static boolean head(Cursor cursor, Draft draft, boolean spark) {
        String first = bracket(cursor.spaces());
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
        // Spring Boot: the thread, or the application before it and what is traced behind it.
        String second = bracket(cursor.spaces());
        String third = bracket(cursor.spaces());
        String trace = bracket(cursor.spaces());
        String thread = third != null ? third : second != null ? second : first;
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
                .attribute("thread", given(thread))
                .attribute("application", third == null ? null : given(second))
                .attribute("trace_id", given(trace))
                .message(cursor.spaces().rest());
        return true;
    }

    /** {@code [main] 2026-03-01 10:00:00,250 INFO  [com.acme.Store.open(12)] text}, where the logger has brackets too. */
    private static boolean headBehindThread(Cursor cursor, Draft draft, String thread) {
        String level = cursor.spaces().word();
        int severity = SeverityWords.numberOf(level);
        String place = bracket(cursor.spaces());
        if (severity == 0 || !level.equals(level.toUpperCase(Locale.ROOT)) || place == null) {
            return false;
        }
        int call = place.indexOf('(');
        String logger = call < 0 ? place : place.substring(0, call);
        if (!isLogger(logger) || logger.indexOf('.') < 0) {
            return false;
        }
        draft.severity(severity, level).attribute("logger", logger).attribute("thread", given(thread));
        draft.message(cursor.spaces().rest());
        return true;
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** What stands in the bracket that comes next, without padding; empty where it is only padding, null without one. */
    private static @Nullable String bracket(Cursor cursor) {
        int start = cursor.position();
        String inside = cursor.take('[') ? cursor.until(']') : null;
        if (inside == null || inside.length() > LONGEST_THREAD) {
            cursor.position(start);
            return null;
        }
        return inside.strip();
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
