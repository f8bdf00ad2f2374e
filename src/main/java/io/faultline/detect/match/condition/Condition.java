package io.faultline.detect.match.condition;

import io.faultline.model.LogEvent;
import java.util.Set;

/**
 * A compiled condition.
 *
 * @param test what an event must be
 * @param demand what an event must have for it to hold
 * @param measures the names of the measures that it looks at, to be quoted in the alert
 */
public record Condition(Test test, Demand demand, Set<String> measures) {

    /** Holds for nothing; in the place of a condition that does not compile. */
    public static final Condition NEVER = new Condition(event -> false, Demand.nothing(), Set.of());

    public boolean holds(LogEvent event) {
        return test.holds(event);
    }

    /** The ids of the only kinds it can hold for; empty where it does not say. */
    public Set<String> kinds() {
        return demand.kinds();
    }

    /** A predicate without boxing. */
    @FunctionalInterface
    public interface Test {
        boolean holds(LogEvent event);
    }
}
