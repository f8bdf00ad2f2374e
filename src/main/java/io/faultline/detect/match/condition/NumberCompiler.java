package io.faultline.detect.match.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.faultline.detect.match.condition.ConditionCompiler.NotCovered;
import io.faultline.model.LogEvent;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;

/** The numbers of a checked tree: what is known only where all its measures are, and computed without boxing. */
final class NumberCompiler {

    private static final Set<CelType> NUMBERS = Set.of(SimpleType.DOUBLE, SimpleType.INT);
    private static final Set<String> OPERATORS = Set.of("_+_", "_-_", "_*_", "_/_", "_%_");

    private final CelAbstractSyntaxTree checked;
    private final PredicateCompiler conditions;
    private final TextCompiler texts;
    private final Set<String> measures;

    NumberCompiler(
            CelAbstractSyntaxTree checked, PredicateCompiler conditions, TextCompiler texts, Set<String> measures) {
        this.checked = checked;
        this.conditions = conditions;
        this.texts = texts;
        this.measures = measures;
    }

    boolean isNumber(CelExpr tree) {
        return checked.getType(tree.id()).filter(NUMBERS::contains).isPresent();
    }

    Quantity compile(CelExpr tree) {
        if (Trees.isConstant(tree)) {
            return constant(Trees.numberConstant(tree));
        }
        Trees.field(tree, "measures").ifPresent(measures::add);
        return Fields.number(tree).map(Fields::number).orElseGet(() -> call(tree));
    }

    private Quantity call(CelExpr tree) {
        if (tree.getKind() != Kind.CALL) {
            throw Trees.notCovered(tree);
        }
        List<CelExpr> arguments = tree.call().args();
        String function = tree.call().function();
        if (OPERATORS.contains(function)) {
            return arithmetic(tree, arguments);
        }
        return switch (function) {
            case "-_" -> {
                Quantity number = compile(arguments.get(0));
                yield new Computed(number, constant(-1), (a, b) -> -a);
            }
            case "_?_:_" ->
                new Chosen(conditions.test(arguments.get(0)), compile(arguments.get(1)), compile(arguments.get(2)));
            case "size" -> {
                Text text = texts.compile(tree.call().target().orElseGet(() -> arguments.get(0)));
                yield event -> size(text.of(event));
            }
            default -> throw Trees.notCovered(tree);
        };
    }

    /** CEL counts characters as people do, not as Java does. */
    private static double size(String text) {
        return text.codePointCount(0, text.length());
    }

    private Quantity arithmetic(CelExpr tree, List<CelExpr> arguments) {
        boolean whole =
                checked.getType(tree.id()).filter(SimpleType.INT::equals).isPresent();
        if (whole && arguments.stream().allMatch(NumberCompiler::isFixed)) {
            return constant(Trees.exact(fixed(tree)));
        }
        String operator = tree.call().function();
        if (whole && (operator.equals("_/_") || operator.equals("_%_"))) {
            throw new NotCovered(
                    "whole numbers would be divided here and lose the rest; write one with a point, as 2.0");
        }
        return new Computed(compile(arguments.get(0)), compile(arguments.get(1)), operation(operator));
    }

    private static DoubleBinaryOperator operation(String operator) {
        return switch (operator) {
            case "_+_" -> (a, b) -> a + b;
            case "_-_" -> (a, b) -> a - b;
            case "_*_" -> (a, b) -> a * b;
            case "_/_" -> (a, b) -> a / b;
            default -> (a, b) -> a % b;
        };
    }

    /** Whether a whole number is known before any event comes. */
    private static boolean isFixed(CelExpr tree) {
        boolean operates =
                tree.getKind() == Kind.CALL && (OPERATORS.contains(tree.call().function()) || Trees.isCall(tree, "-_"));
        return Trees.isConstant(tree)
                || (operates && tree.call().args().stream().allMatch(NumberCompiler::isFixed));
    }

    private static long fixed(CelExpr tree) {
        if (Trees.isConstant(tree)) {
            return (long) Trees.numberConstant(tree);
        }
        List<CelExpr> arguments = tree.call().args();
        long a = fixed(arguments.get(0));
        try {
            return switch (tree.call().function()) {
                case "-_" -> Math.negateExact(a);
                case "_+_" -> Math.addExact(a, fixed(arguments.get(1)));
                case "_-_" -> Math.subtractExact(a, fixed(arguments.get(1)));
                case "_*_" -> Math.multiplyExact(a, fixed(arguments.get(1)));
                case "_/_" -> a / fixed(arguments.get(1));
                default -> a % fixed(arguments.get(1));
            };
        } catch (ArithmeticException e) {
            throw new NotCovered("can not be computed: " + e.getMessage());
        }
    }

    private static Quantity constant(double value) {
        return event -> value;
    }

    /** Known where both sides are. */
    private record Computed(Quantity left, Quantity right, DoubleBinaryOperator operation) implements Quantity {

        @Override
        public double of(LogEvent event) {
            return operation.applyAsDouble(left.of(event), right.of(event));
        }

        @Override
        public boolean known(LogEvent event) {
            return left.known(event) && right.known(event);
        }
    }

    /** Known where the chosen side is. */
    private record Chosen(Condition.Test test, Quantity yes, Quantity no) implements Quantity {

        @Override
        public double of(LogEvent event) {
            return test.holds(event) ? yes.of(event) : no.of(event);
        }

        @Override
        public boolean known(LogEvent event) {
            return test.holds(event) ? yes.known(event) : no.known(event);
        }
    }
}
