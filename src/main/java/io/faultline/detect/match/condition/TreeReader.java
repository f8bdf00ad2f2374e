package io.faultline.detect.match.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSource;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.parser.CelUnparser;
import dev.cel.parser.CelUnparserFactory;
import io.faultline.detect.match.condition.ConditionTree.All;
import io.faultline.detect.match.condition.ConditionTree.Any;
import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.detect.match.condition.ConditionTree.Not;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CEL's tree to a {@link ConditionTree}. */
final class TreeReader {

    private static final Map<String, String> COMPARISONS =
            Map.of("_==_", "==", "_!=_", "!=", "_<_", "<", "_<=_", "<=", "_>_", ">", "_>=_", ">=");
    private static final Map<String, String> TURNED = Map.of("<", ">", "<=", ">=", ">", "<", ">=", "<=");
    private static final Set<String> TESTS = Set.of("contains", "startsWith", "endsWith", "matches", "isNan", "isInf");

    private final CelUnparser unparser = CelUnparserFactory.newUnparser();

    ConditionTree read(CelExpr tree) {
        if (tree.getKind() == Kind.CALL) {
            CelCall call = tree.call();
            switch (call.function()) {
                case "_&&_" -> {
                    return new All(text(tree), parts(tree, "_&&_"));
                }
                case "_||_" -> {
                    return new Any(text(tree), parts(tree, "_||_"));
                }
                case "!_" -> {
                    return new Not(text(tree), read(call.args().get(0)));
                }
                default -> {
                    return call(tree, call);
                }
            }
        }
        if (tree.getKind() == Kind.SELECT && tree.select().testOnly()) {
            String name =
                    tree.select().operand().ident().name() + "." + tree.select().field();
            return new Leaf(text(tree), name, "has", List.of());
        }
        boolean constant =
                tree.getKind() == Kind.CONSTANT && tree.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE;
        return new Leaf(
                text(tree), "", constant ? Boolean.toString(tree.constant().booleanValue()) : "", List.of());
    }

    /** {@code (a && b) && c} and {@code a && (b && c)} are three parts alike. */
    private List<ConditionTree> parts(CelExpr tree, String function) {
        if (tree.getKind() != Kind.CALL || !tree.call().function().equals(function)) {
            return List.of(read(tree));
        }
        List<ConditionTree> parts = new ArrayList<>();
        tree.call().args().forEach(argument -> parts.addAll(parts(argument, function)));
        return parts;
    }

    private Leaf call(CelExpr tree, CelCall call) {
        List<CelExpr> arguments = new ArrayList<>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.args());
        String operator = COMPARISONS.getOrDefault(call.function(), call.function());
        if (COMPARISONS.containsKey(call.function()) && isConstant(arguments.get(0))) {
            arguments = List.of(arguments.get(1), arguments.get(0));
            operator = TURNED.getOrDefault(operator, operator);
        }
        if (operator.equals("@in") && arguments.get(1).getKind() == Kind.LIST) {
            List<CelExpr> listed = arguments.get(1).list().elements();
            return leaf(tree, arguments.get(0), "in", listed);
        }
        if (!COMPARISONS.containsValue(operator) && !TESTS.contains(operator)) {
            return new Leaf(text(tree), "", "", List.of());
        }
        return leaf(tree, arguments.get(0), operator, arguments.subList(1, arguments.size()));
    }

    private Leaf leaf(CelExpr tree, CelExpr subject, String operator, List<CelExpr> constants) {
        boolean plain = (subject.getKind() == Kind.IDENT || subject.getKind() == Kind.SELECT)
                && constants.stream().allMatch(TreeReader::isConstant);
        return plain
                ? new Leaf(
                        text(tree),
                        text(subject),
                        operator,
                        constants.stream().map(TreeReader::constant).toList())
                : new Leaf(text(tree), "", "", List.of());
    }

    private static boolean isConstant(CelExpr tree) {
        return tree.getKind() == Kind.CONSTANT
                && tree.constant().getKind() != CelConstant.Kind.BOOLEAN_VALUE
                && tree.constant().getKind() != CelConstant.Kind.NULL_VALUE;
    }

    private static Object constant(CelExpr tree) {
        return switch (tree.constant().getKind()) {
            case INT64_VALUE -> (double) tree.constant().int64Value();
            case DOUBLE_VALUE -> tree.constant().doubleValue();
            default -> tree.constant().stringValue();
        };
    }

    private String text(CelExpr tree) {
        return unparser.unparse(CelAbstractSyntaxTree.newParsedAst(
                tree, CelSource.newBuilder("").build()));
    }
}
