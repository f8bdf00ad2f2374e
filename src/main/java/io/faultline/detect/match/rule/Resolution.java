package io.faultline.detect.match.rule;

import java.io.Serializable;
import java.time.Duration;

/**
 * How an alert of a rule ends.
 *
 * @param when a condition in CEL: an event of the alert's group that meets it ends the alert; empty for none
 * @param after how long after its last finding an alert is over that nothing ended; zero for what the settings say
 */
public record Resolution(String when, Duration after) implements Serializable {

    /** Longer than the settings let an alert go on. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    static Resolution read(PatternReader reader) {
        PatternReader resolve = reader.group("resolve");
        Resolution read = new Resolution(resolve.condition("when"), resolve.duration("after", Duration.ZERO));
        if (resolve.has("after") && read.after.isZero()) {
            resolve.problem("after", "must be longer than nothing");
        }
        if (reader.has("resolve") && !resolve.has("when") && !resolve.has("after")) {
            reader.problem("resolve", "says neither when nor after");
        }
        return read;
    }

    public boolean hasCondition() {
        return !when.isBlank();
    }

    /** For how long after an alert an event is looked for that ends it. */
    public Duration remembered() {
        return after.isZero() ? REMEMBERED : after;
    }
}
