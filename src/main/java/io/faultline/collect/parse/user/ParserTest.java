package io.faultline.collect.parse.user;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line and what it must become.
 *
 * @param place {@code file:line}
 * @param observed when the line is said to be seen; gives the year to times without one
 * @param expected null where the parser must leave the line to others
 */
public record ParserTest(String place, String line, Instant observed, @Nullable Expected expected) {

    ParserTest at(String newPlace) {
        return new ParserTest(newPlace, line, observed, expected);
    }

    /**
     * What is said of an event; what is null is not looked at.
     *
     * @param measures all of them, exactly
     * @param entity all parts that the line itself names
     * @param attributes all of them
     */
    public record Expected(
            @Nullable String kind,
            @Nullable String timestamp,
            @Nullable String severity,
            @Nullable String message,
            @Nullable Map<String, String> measures,
            @Nullable Map<String, String> entity,
            @Nullable Map<String, String> attributes) {}
}
