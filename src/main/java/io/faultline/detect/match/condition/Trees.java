package io.faultline.detect.match.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.faultline.detect.match.condition.ConditionCompiler.NotCovered;
import java.util.Locale;
import java.util.Optional;

/** Questions to a checked tree. */
final class Trees {

    private Trees() {}

    static boolean isIdentifier(CelExpr tree, String name) {
        return tree.getKind() == Kind.IDENT && tree.ident().name().equals(name);
    }

    /** The name behind the point of {@code measures.NAME}. */
    static Optional<String> field(CelExpr tree, String structure) {
        boolean selects = tree.getKind() == Kind.SELECT
                && !tree.select().testOnly()
                && isIdentifier(tree.select().operand(), structure);
        return selects ? Optional.of(tree.select().field()) : Optional.empty();
    }

    static boolean isCall(CelExpr tree, String function) {
        return tree.getKind() == Kind.CALL && tree.call().function().equals(function);
    }

    static boolean isConstant(CelExpr tree) {
        return tree.getKind() == Kind.CONSTANT;
    }

    static double numberConstant(CelExpr tree) {
        if (isConstant(tree)) {
            switch (tree.constant().getKind()) {
                case INT64_VALUE -> {
                    return exact(tree.constant().int64Value());
                }
                case DOUBLE_VALUE -> {
                    return tree.constant().doubleValue();
                }
                default -> {}
            }
        }
        throw notCovered(tree);
    }

    static double exact(long value) {
        if (Math.abs(value) > 1L << 53) {
            throw new NotCovered(value + " is too large to be exact; the numbers of events are 64-bit floating point");
        }
        return value;
    }

    static String textConstant(CelExpr tree) {
        if (isConstant(tree) && tree.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            return tree.constant().stringValue();
        }
        throw new NotCovered("a text in quotes is needed here, to be known before any event comes");
    }

    static NotCovered notCovered(CelExpr tree) {
        String what = tree.getKind() == Kind.CALL
                ? "\"" + tree.call().function().replace("_", "") + "\""
                : "this use of a " + tree.getKind().name().toLowerCase(Locale.ROOT);
        return new NotCovered(
                what + " is not covered in conditions; there are && || ! == != < <= > >= in, + - * / %, ?:,"
                        + " has, size, contains, startsWith, endsWith, matches, containsAny, startsWithAny, endsWithAny, isNan"
                        + " and isInf");
    }
}
