package io.faultline.detect.match.condition;

import io.faultline.model.LogEvent;
import java.util.Set;

/**
 * A compiled condition.
 *
 * @param test what an event must be
 * @param kinds the ids of the only kinds it can hold for; empty where the condition does not say
 * @param measures the names of the measures that it looks at, to be quoted in the alert
 */
public record Condition(Test test, Set<String> kinds, Set<String> measures) {

    /** Holds for nothing; in the place of a condition that does not compile. */
    public static final Condition NEVER = new Condition(event -> false, Set.of(), Set.of());

    public boolean holds(LogEvent event) {
        return test.holds(event);
    }

    /** A predicate without boxing. */
    @FunctionalInterface
    public interface Test {
        boolean holds(LogEvent event);
    }
}
