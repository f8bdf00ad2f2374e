package io.faultline.detect.match.condition;

import io.faultline.model.LogEvent;

/** A number of an event; {@link #known} says whether the event has it. */
@FunctionalInterface
public interface Quantity {

    /** Known for no event; in the place of an expression that does not compile or is not given. */
    Quantity NONE = new Quantity() {
        @Override
        public double of(LogEvent event) {
            return Double.NaN;
        }

        @Override
        public boolean known(LogEvent event) {
            return false;
        }
    };

    /** The number; NaN where it is not known. */
    double of(LogEvent event);

    @SuppressWarnings("UnusedVariable") // constants and the severity are always known
    default boolean known(LogEvent event) {
        return true;
    }
}
