package io.faultline.collect.parse.generic;

import io.faultline.model.MeasureNames;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of JSON logs mean, by the names that loggers give them: python-json-logger, structlog, zap, slog, logrus,
 * zerolog, bunyan, pino, log4j's and logback's layouts, tracing, Serilog, GELF, ECS, Google's and OpenTelemetry's.
 */
final class JsonKeys {

    /** A key's part in a record. */
    enum Role {
        MESSAGE,
        LEVEL,
        TIME,
        EXCEPTION,
        MEASURE
    }

    /**
     * @param rank the lowest of a record's keys of one role is the one that counts
     * @param name the one instance of the name
     */
    record Meaning(Role role, int rank, String name) {}

    /** {@code log}, {@code event}, {@code body} and {@code t} are groups in formats of good standing, ECS among them. */
    private static final String MAY_BE_GROUPS = " log event body t ";

    /** log4j and Google write a time as an object of seconds and nanoseconds. */
    private static final String MAY_BE_PAIRS = " timestamp ";

    private static final Map<String, Meaning> MEANINGS = new HashMap<>();

    static {
        learn(
                Role.MESSAGE,
                "message msg log MESSAGE event body text @m short_message fields.message jsonPayload.message textPayload"
                        + " full_message @mt body.stringValue");
        learn(
                Role.LEVEL,
                "level levelname severity lvl log.level severityText severity_text loglevel LEVEL log_level @l"
                        + " severityNumber severity_number levelno");
        learn(
                Role.TIME,
                "timestamp @timestamp time ts asctime datetime date t @t timeMillis created timeUnixNano eventTime _timestamp");
        learn(
                Role.EXCEPTION,
                "exc_info exception stack_trace stacktrace exc_text traceback error.stack_trace err.stack @x"
                        + " thrown.extendedStackTrace");
        for (String measure : MeasureNames.all()) {
            MEANINGS.putIfAbsent(measure, new Meaning(Role.MEASURE, 0, measure));
        }
    }

    private JsonKeys() {}

    static @Nullable Meaning of(String key) {
        return MEANINGS.get(key);
    }

    static boolean mayBeGroup(String key, boolean object) {
        String padded = " " + key + " ";
        return MAY_BE_GROUPS.contains(padded) || (object && MAY_BE_PAIRS.contains(padded));
    }

    private static void learn(Role role, String names) {
        int rank = 0;
        for (String name : names.split(" ", -1)) {
            MEANINGS.put(name, new Meaning(role, rank++, name));
        }
    }
}
