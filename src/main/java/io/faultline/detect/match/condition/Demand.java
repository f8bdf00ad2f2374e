package io.faultline.detect.match.condition;

import io.faultline.model.EventKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an event must have for a condition to hold, as far as an index can look it up. An event that does not meet it needs
 * no test; one that does may still fail it. Fields are named as in conditions: {@code job}, {@code attributes.outcome},
 * {@code measures.xid_code}.
 */
public sealed interface Demand {

    /** All parts are met. */
    record All(List<Demand> parts) implements Demand {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part is met. */
    record Any(List<Demand> parts) implements Demand {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The field is this text, which is not empty: an absent text equals the empty one, but is not to be looked up. */
    record Equal(String field, String text) implements Demand {}

    /** The field is a number from {@code least} to {@code most}, both included. */
    record Within(String field, double least, double most) implements Demand {

        public boolean isPoint() {
            return least == most;
        }
    }

    /** The field's text contains this one, which is not empty. */
    record Containing(String field, String part) implements Demand {}

    /** The event has the field. */
    record Present(String field) implements Demand {}

    /** Each event meets it. */
    static Demand anything() {
        return new All(List.of());
    }

    /** No event meets it. */
    static Demand nothing() {
        return new Any(List.of());
    }

    /** What is demanded where all hold. */
    static Demand all(List<Demand> demands) {
        List<Demand> parts = new ArrayList<>();
        for (Demand demand : demands) {
            if (demand.equals(nothing())) {
                return nothing();
            }
            parts.addAll(demand instanceof All all ? all.parts() : List.of(demand));
        }
        return parts.size() == 1 ? parts.get(0) : new All(parts);
    }

    /** What is demanded where at least one holds. */
    static Demand any(List<Demand> demands) {
        List<Demand> parts = new ArrayList<>();
        for (Demand demand : demands) {
            if (demand.equals(anything())) {
                return anything();
            }
            parts.addAll(demand instanceof Any any ? any.parts() : List.of(demand));
        }
        return parts.size() == 1 ? parts.get(0) : new Any(parts);
    }

    /** What is left to be met by an event of this kind. */
    default Demand of(EventKind kind) {
        if (this instanceof Equal equal && equal.field().equals("kind")) {
            return equal.text().equals(kind.id()) ? anything() : nothing();
        }
        UnaryOperator<Demand> left = part -> part.of(kind);
        if (this instanceof All all) {
            return all(all.parts().stream().map(left).toList());
        }
        return this instanceof Any any ? any(any.parts().stream().map(left).toList()) : this;
    }

    /** The ids of the only kinds that can meet it; empty where it does not say. */
    default Set<String> kinds() {
        if (this instanceof Equal equal && equal.field().equals("kind")) {
            return Set.of(equal.text());
        }
        Set<String> kinds = new HashSet<>();
        if (this instanceof Any any) {
            for (Demand part : any.parts()) {
                if (part.kinds().isEmpty()) {
                    return Set.of();
                }
                kinds.addAll(part.kinds());
            }
        }
        if (this instanceof All all) {
            for (Demand part : all.parts()) {
                Set<String> both = new HashSet<>(part.kinds());
                both.retainAll(kinds);
                // Of two that can not both be met, what the first one says.
                if (kinds.isEmpty()) {
                    kinds.addAll(part.kinds());
                } else if (!both.isEmpty()) {
                    kinds = both;
                }
            }
        }
        return kinds;
    }
}
