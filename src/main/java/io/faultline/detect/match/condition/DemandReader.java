package io.faultline.detect.match.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.faultline.detect.match.condition.Demand.Containing;
import io.faultline.detect.match.condition.Demand.Equal;
import io.faultline.detect.match.condition.Demand.Present;
import io.faultline.detect.match.condition.Demand.Within;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A checked tree to what it demands of an event. What no index could look up demands nothing. */
final class DemandReader {

    private DemandReader() {}

    static Demand read(CelExpr tree) {
        return read(tree, true);
    }

    /** @param holds whether the tree is to be true of the event, or false */
    private static Demand read(CelExpr tree, boolean holds) {
        if (tree.getKind() == Kind.CALL) {
            return call(tree.call(), holds);
        }
        if (tree.getKind() == Kind.CONSTANT && tree.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
            return tree.constant().booleanValue() == holds ? Demand.anything() : Demand.nothing();
        }
        boolean asksForPresence = tree.getKind() == Kind.SELECT && tree.select().testOnly();
        return asksForPresence && holds
                ? new Present(tree.select().operand().ident().name() + "."
                        + tree.select().field())
                : Demand.anything();
    }

    private static Demand call(CelCall call, boolean holds) {
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "!_" -> read(arguments.get(0), !holds);
            case "_&&_" -> holds ? Demand.all(each(arguments, true)) : Demand.any(each(arguments, false));
            case "_||_" -> holds ? Demand.any(each(arguments, true)) : Demand.all(each(arguments, false));
            case "_==_" -> holds ? equal(arguments.get(0), arguments.get(1)) : unequal(arguments);
            // An absent number is not unequal to any, so only of texts it is known that they are equal.
            case "_!=_" -> holds ? unequal(arguments) : equalTexts(arguments.get(0), arguments.get(1));
            default -> holds ? leaf(call) : Demand.anything();
        };
    }

    private static List<Demand> each(List<CelExpr> trees, boolean holds) {
        return trees.stream().map(tree -> read(tree, holds)).toList();
    }

    private static Demand leaf(CelCall call) {
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "@in" -> listed(arguments.get(1), element -> equal(arguments.get(0), element));
            case "_>_", "_>=_" -> ordered(arguments.get(1), arguments.get(0));
            case "_<_", "_<=_" -> ordered(arguments.get(0), arguments.get(1));
            case "isNan", "isInf" ->
                Fields.measure(arguments.get(0)).<Demand>map(Present::new).orElse(Demand.anything());
            case "contains", "startsWith", "endsWith" -> containing(call, arguments.get(0));
            case "containsAny", "startsWithAny", "endsWithAny" ->
                listed(arguments.get(0), word -> containing(call, word));
            default -> Demand.anything();
        };
    }

    private static Demand listed(CelExpr list, Function<CelExpr, Demand> demand) {
        return list.getKind() == Kind.LIST
                ? Demand.any(list.list().elements().stream().map(demand).toList())
                : Demand.anything();
    }

    private static Demand equal(CelExpr left, CelExpr right) {
        List<Demand> either = new ArrayList<>();
        Fields.number(left)
                .flatMap(field -> number(right).map(value -> new Within(field, value, value)))
                .ifPresent(either::add);
        Fields.number(right)
                .flatMap(field -> number(left).map(value -> new Within(field, value, value)))
                .ifPresent(either::add);
        either.add(equalTexts(left, right));
        return Demand.all(either);
    }

    private static Demand equalTexts(CelExpr left, CelExpr right) {
        Optional<Demand> demand = Fields.text(left).flatMap(field -> text(right).map(text -> new Equal(field, text)));
        return demand.or(() -> Fields.text(right).flatMap(field -> text(left).map(text -> new Equal(field, text))))
                .orElse(Demand.anything());
    }

    /** A text that is not the empty one is there. */
    private static Demand unequal(List<CelExpr> sides) {
        boolean empty = sides.stream().anyMatch(DemandReader::isEmptyText);
        return sides.stream()
                .map(Fields::text)
                .flatMap(Optional::stream)
                .findFirst()
                .filter(field -> empty)
                .<Demand>map(Present::new)
                .orElse(Demand.anything());
    }

    /** {@code small < large}, one of which is a number of the event and the other a constant. */
    private static Demand ordered(CelExpr small, CelExpr large) {
        Optional<Demand> below = Fields.number(small)
                .flatMap(field -> number(large).map(most -> new Within(field, Double.NEGATIVE_INFINITY, most)));
        return below.or(() -> Fields.number(large).flatMap(field -> number(small)
                        .map(least -> new Within(field, least, Double.POSITIVE_INFINITY))))
                .orElse(Demand.anything());
    }

    private static Demand containing(CelCall call, CelExpr word) {
        return call.target()
                .flatMap(Fields::anyText)
                .flatMap(field -> text(word).<Demand>map(part -> new Containing(field, part)))
                .orElse(Demand.anything());
    }

    private static boolean isEmptyText(CelExpr tree) {
        return Trees.isConstant(tree)
                && tree.constant().getKind() == CelConstant.Kind.STRING_VALUE
                && tree.constant().stringValue().isEmpty();
    }

    /** A text that is not empty. */
    private static Optional<String> text(CelExpr tree) {
        return Trees.isConstant(tree) && tree.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(tree.constant().stringValue()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    private static Optional<Double> number(CelExpr tree) {
        if (!Trees.isConstant(tree)) {
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
