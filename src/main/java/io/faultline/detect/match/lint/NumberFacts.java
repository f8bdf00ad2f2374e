package io.faultline.detect.match.lint;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What literals say of one number. A comparison with an absent number is false, so where nothing else says that it is
 * there, the negation of a comparison tells nothing.
 */
final class NumberFacts {

    private static final Set<String> ORDERED = Set.of("==", "<", "<=", ">", ">=", "in");

    private final List<Literal> literals;
    private final boolean isPresent;
    private final boolean isOrdered;
    private double least = Double.NEGATIVE_INFINITY;
    private double most = Double.POSITIVE_INFINITY;
    private boolean leastExcluded;
    private boolean mostExcluded;
    private @Nullable Set<Double> allowed;
    private final Set<Double> excluded = new HashSet<>();
    private boolean possible = true;

    /** @param always whether each event has the number, and it is never NaN */
    NumberFacts(List<Literal> literals, boolean always) {
        this.literals = literals;
        this.isPresent = always || literals.stream().anyMatch(Literal::wanted);
        this.isOrdered = always
                || literals.stream()
                        .anyMatch(literal -> literal.wanted()
                                && ORDERED.contains(literal.leaf().operator()));
        literals.forEach(this::learn);
    }

    /** Whether there is a number for which all hold. */
    boolean arePossible() {
        boolean absentWanted = literals.stream()
                .anyMatch(literal ->
                        !literal.wanted() && literal.leaf().operator().equals("has"));
        boolean nanWanted = literals.stream()
                .anyMatch(
                        literal -> literal.wanted() && literal.leaf().operator().equals("isNan"));
        if (!possible || (absentWanted && isPresent) || (nanWanted && isOrdered)) {
            return false;
        }
        if (allowed != null) {
            return allowed.stream().anyMatch(this::isInside);
        }
        return least < most || (least == most && isInside(least));
    }

    private boolean isInside(double value) {
        boolean above = value > least || (value == least && !leastExcluded);
        boolean below = value < most || (value == most && !mostExcluded);
        return above && below && !excluded.contains(value);
    }

    private void learn(Literal literal) {
        String operator = literal.leaf().operator();
        List<Object> constants = literal.leaf().constants();
        if (literal.wanted()) {
            learn(operator, constants);
        } else if (isPresent && isOrdered) {
            learn(opposite(operator), constants);
        }
    }

    private void learn(String operator, List<Object> constants) {
        if (operator.equals("in") || operator.equals("==")) {
            Set<Double> listed = numbers(constants);
            if (allowed != null) {
                listed.retainAll(allowed);
            }
            allowed = listed;
            possible = possible && !listed.isEmpty();
        } else if (operator.equals("not in") || operator.equals("!=")) {
            excluded.addAll(numbers(constants));
        } else if (operator.startsWith("<") || operator.startsWith(">")) {
            bound(operator, (Double) constants.get(0));
        }
    }

    private void bound(String operator, double value) {
        boolean excludes = operator.length() == 1;
        if (operator.startsWith(">") && (value > least || (value == least && excludes))) {
            least = value;
            leastExcluded = excludes;
        }
        if (operator.startsWith("<") && (value < most || (value == most && excludes))) {
            most = value;
            mostExcluded = excludes;
        }
    }

    private static String opposite(String operator) {
        return switch (operator) {
            case "==" -> "!=";
            case "!=" -> "==";
            case "<" -> ">=";
            case "<=" -> ">";
            case ">" -> "<=";
            case ">=" -> "<";
            case "in" -> "not in";
            default -> "";
        };
    }

    private static Set<Double> numbers(List<Object> constants) {
        Set<Double> numbers = new HashSet<>();
        constants.forEach(constant -> numbers.add((Double) constant));
        return numbers;
    }
}
