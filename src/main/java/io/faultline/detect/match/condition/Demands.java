package io.faultline.detect.match.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an event must have for a condition to hold, as far as an index can look it up. An event that does not meet it needs
 * no test; one that does may still fail it.
 *
 * @param values by name ({@code kind}, {@code attributes.outcome}, {@code measures.xid_code}, {@code job}): the only texts
 *     or numbers, of which it has one
 * @param bounds by name of a measure: the interval in which it lies
 */
public record Demands(Map<String, Set<Object>> values, Map<String, Interval> bounds) {

    public static final Demands NONE = new Demands(Map.of(), Map.of());

    /** Numbers from {@code least} to {@code most}, both included. */
    public record Interval(double least, double most) {

        boolean isEmpty() {
            return least > most;
        }

        Interval and(Interval other) {
            return new Interval(Math.max(least, other.least), Math.min(most, other.most));
        }

        Interval or(Interval other) {
            return new Interval(Math.min(least, other.least), Math.max(most, other.most));
        }
    }

    static Demands of(CelExpr tree) {
        if (tree.getKind() != Kind.CALL) {
            return NONE;
        }
        List<CelExpr> arguments = tree.call().args();
        return switch (tree.call().function()) {
            case "_&&_" -> of(arguments.get(0)).and(of(arguments.get(1)));
            case "_||_" -> of(arguments.get(0)).or(of(arguments.get(1)));
            case "_==_" -> equal(arguments.get(0), arguments.get(1));
            case "@in" -> listed(arguments.get(0), arguments.get(1));
            case "_>_", "_>=_" -> ordered(arguments.get(1), arguments.get(0));
            case "_<_", "_<=_" -> ordered(arguments.get(0), arguments.get(1));
            default -> NONE;
        };
    }

    /** What is demanded where both hold; of two that can not both hold, what the first one demands. */
    public Demands and(Demands other) {
        Map<String, Set<Object>> allValues = new HashMap<>(values);
        other.values.forEach((name, set) -> allValues.merge(name, set, (mine, theirs) -> {
            Set<Object> both = new HashSet<>(mine);
            both.retainAll(theirs);
            return both.isEmpty() ? mine : both;
        }));
        Map<String, Interval> allBounds = new HashMap<>(bounds);
        other.bounds.forEach((name, bound) -> allBounds.merge(name, bound, (mine, theirs) -> {
            Interval both = mine.and(theirs);
            return both.isEmpty() ? mine : both;
        }));
        return new Demands(allValues, allBounds);
    }

    /** What is demanded where one of them holds. */
    public Demands or(Demands other) {
        Map<String, Set<Object>> common = new HashMap<>();
        values.forEach((name, set) -> {
            if (other.values.containsKey(name)) {
                Set<Object> either = new HashSet<>(set);
                either.addAll(other.values.get(name));
                common.put(name, either);
            }
        });
        Map<String, Interval> hulls = new HashMap<>();
        bounds.forEach((name, bound) -> {
            if (other.bounds.containsKey(name)) {
                hulls.put(name, bound.or(other.bounds.get(name)));
            }
        });
        return new Demands(common, hulls);
    }

    private static Demands equal(CelExpr left, CelExpr right) {
        boolean constantFirst = Trees.isConstant(left);
        return name(constantFirst ? right : left)
                .flatMap(name -> literal(constantFirst ? left : right).map(value -> anyOf(name, Set.of(value))))
                .orElse(NONE);
    }

    private static Demands listed(CelExpr member, CelExpr list) {
        Set<Object> values = new HashSet<>();
        for (CelExpr element : list.list().elements()) {
            literal(element).ifPresent(values::add);
        }
        boolean all = values.size() > 0 && list.list().elements().stream().allMatch(Trees::isConstant);
        return all ? name(member).map(name -> anyOf(name, values)).orElse(NONE) : NONE;
    }

    /** {@code small < large}, one of which is a measure and the other a constant. */
    private static Demands ordered(CelExpr small, CelExpr large) {
        Optional<String> upper = Trees.field(small, "measures");
        Optional<String> lower = Trees.field(large, "measures");
        if (upper.isPresent() && number(large).isPresent()) {
            return within(
                    upper.get(),
                    new Interval(Double.NEGATIVE_INFINITY, number(large).get()));
        }
        if (lower.isPresent() && number(small).isPresent()) {
            return within(lower.get(), new Interval(number(small).get(), Double.POSITIVE_INFINITY));
        }
        return NONE;
    }

    private static Demands anyOf(String name, Set<Object> values) {
        // An absent text equals the empty one, but is not to be looked up.
        return values.contains("") ? NONE : new Demands(Map.of(name, values), Map.of());
    }

    private static Demands within(String measure, Interval bound) {
        return new Demands(Map.of(), Map.of("measures." + measure, bound));
    }

    private static Optional<String> name(CelExpr tree) {
        if (tree.getKind() == Kind.IDENT) {
            String name = tree.ident().name();
            boolean looksUp = name.equals("kind") || name.equals("format") || Vocabulary.ENTITY.contains(name);
            return looksUp ? Optional.of(name) : Optional.empty();
        }
        return Trees.field(tree, "measures").map(field -> "measures." + field).or(() -> Trees.field(tree, "attributes")
                .map(field -> "attributes." + field));
    }

    private static Optional<Object> literal(CelExpr tree) {
        return tree.getKind() == Kind.CONSTANT && tree.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(tree.constant().stringValue())
                : number(tree).map(value -> value);
    }

    private static Optional<Double> number(CelExpr tree) {
        if (tree.getKind() != Kind.CONSTANT) {
            return Optional.empty();
        }
        return switch (tree.constant().getKind()) {
            // + 0.0: -0.0 is 0.0
            case INT64_VALUE -> Optional.of((double) tree.constant().int64Value());
            case DOUBLE_VALUE -> Optional.of(tree.constant().doubleValue() + 0.0);
            default -> Optional.empty();
        };
    }
}
