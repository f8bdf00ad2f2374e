package io.faultline.detect.match.condition;

import java.util.List;

/** A condition taken apart, for those who explain or check it; what runs is a {@link Condition}. */
public sealed interface ConditionTree {

    /** As it is written in CEL. */
    String text();

    /** All parts hold; at least two. */
    record All(String text, List<ConditionTree> parts) implements ConditionTree {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** One part holds; at least two. */
    record Any(String text, List<ConditionTree> parts) implements ConditionTree {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not hold. */
    record Not(String text, ConditionTree part) implements ConditionTree {}

    /**
     * Something that is asked of an event.
     *
     * @param subject what is looked at, as {@code measures.loss} or {@code kind}; empty where it is more than one thing
     * @param operator {@code == != < <= > >= in has isNan isInf contains startsWith endsWith matches}, with the subject on
     *     the left; {@code true} and {@code false} for constants; empty where it is none of these
     * @param constants what it is compared with: numbers as {@link Double}, texts as {@link String}
     */
    record Leaf(String text, String subject, String operator, List<Object> constants) implements ConditionTree {
        public Leaf {
            constants = List.copyOf(constants);
        }

        /** The name behind {@code measures.}; empty where the subject is no measure. */
        public String measure() {
            return subject.startsWith(MEASURES) ? subject.substring(MEASURES.length()) : "";
        }

        /** The name behind {@code attributes.}; empty where the subject is no attribute. */
        public String attribute() {
            return subject.startsWith(ATTRIBUTES) ? subject.substring(ATTRIBUTES.length()) : "";
        }

        private static final String MEASURES = "measures.";
        private static final String ATTRIBUTES = "attributes.";
    }

    /** All leaves, from left to right. */
    default List<Leaf> leaves() {
        if (this instanceof Leaf leaf) {
            return List.of(leaf);
        }
        if (this instanceof Not not) {
            return not.part().leaves();
        }
        List<ConditionTree> parts = this instanceof All all ? all.parts() : ((Any) this).parts();
        return parts.stream().flatMap(part -> part.leaves().stream()).toList();
    }
}
