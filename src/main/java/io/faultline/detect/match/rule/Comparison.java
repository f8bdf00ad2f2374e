package io.faultline.detect.match.rule;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a number is compared with, in Sigma's words: {@code {gte: 5}}.
 *
 * @param operator how
 * @param limit with what
 */
public record Comparison(Operator operator, double limit) implements Serializable {

    /** Sigma's words, and what people write. */
    public enum Operator {
        GT(">"),
        GTE(">="),
        LT("<"),
        LTE("<="),
        EQ("=="),
        NEQ("!=");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    static Comparison read(PatternReader reader) {
        PatternReader condition = reader.group("condition");
        List<Comparison> given = new ArrayList<>();
        for (Operator operator : Operator.values()) {
            double limit = condition.decimal(word(operator), 0, -1e300, 1e300);
            if (condition.has(word(operator))) {
                given.add(new Comparison(operator, limit));
            }
        }
        if (given.size() != 1) {
            reader.problem("condition", "needs one of gt, gte, lt, lte, eq, neq with a number, as {gt: 0.9}");
        }
        return given.isEmpty() ? new Comparison(Operator.GT, 0) : given.get(0);
    }

    private static String word(Operator operator) {
        return operator.name().toLowerCase(java.util.Locale.ROOT);
    }

    public boolean holds(double value) {
        return switch (operator) {
            case GT -> value > limit;
            case GTE -> value >= limit;
            case LT -> value < limit;
            case LTE -> value <= limit;
            case EQ -> value == limit;
            case NEQ -> value != limit;
        };
    }

    /** Whether a value that is not told is within a tenth of the limit. Of zero there is no tenth. */
    public boolean nearlyHolds(double value) {
        boolean near =
                switch (operator) {
                    case GT, GTE -> value >= Nearly.below(limit);
                    case LT, LTE -> value <= Nearly.above(limit);
                    case EQ, NEQ -> false;
                };
        return near && limit != 0 && !holds(value);
    }

    /** {@code > 0.9}. */
    @Override
    public String toString() {
        return operator.sign + " " + (limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit));
    }
}
