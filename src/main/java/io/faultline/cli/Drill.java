package io.faultline.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * A fire drill: one marked line that the rule {@code fire-drill} knows.
 *
 * @param id its replica, so that each drill is an incident of its own
 * @param author who sends it
 * @param occasion whether another one is to be expected
 */
public record Drill(String id, String author, Occasion occasion) {

    /** The service of all drills; the rule {@code fire-drill-missing} waits for its next one. */
    static final String SERVICE = "faultline-drill";

    /** Why it is sent: the values of the attribute {@code drill}. */
    public enum Occasion {
        /** By hand; nobody waits for another one. */
        ONCE,
        /** By a schedule: another one has to come within 25 hours. */
        SCHEDULED,
        /** No drill, but the end of the schedule. */
        STOPPED
    }

    /** A new one. */
    static Drill by(String author, Occasion occasion) {
        return new Drill("drill-" + UUID.randomUUID().toString().substring(0, 8), author, occasion);
    }

    /** The line, as JSON. Not an error, so that no statistic of errors counts it. */
    public String line(Instant now) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", "INFO")
                .put("logger", "faultline.drill")
                .put("message", "fire drill " + id + " of " + author)
                .put("drill", occasion.name().toLowerCase(Locale.ROOT))
                .put("service", SERVICE)
                .put("replica", id)
                .toString();
    }
}
