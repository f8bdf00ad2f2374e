package io.faultline.detect.match.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import java.util.List;

/** The texts of a checked tree. An absent attribute or entity part is the empty text. */
final class TextCompiler {

    private final CelAbstractSyntaxTree checked;
    private final PredicateCompiler conditions;

    TextCompiler(CelAbstractSyntaxTree checked, PredicateCompiler conditions) {
        this.checked = checked;
        this.conditions = conditions;
    }

    boolean isText(CelExpr tree) {
        return checked.getType(tree.id()).filter(SimpleType.STRING::equals).isPresent();
    }

    Text compile(CelExpr tree) {
        if (Trees.isConstant(tree)) {
            String value = Trees.textConstant(tree);
            return event -> value;
        }
        return Fields.anyText(tree).map(Fields::text).orElseGet(() -> call(tree));
    }

    private Text call(CelExpr tree) {
        if (Trees.isCall(tree, "_?_:_")) {
            List<CelExpr> arguments = tree.call().args();
            Condition.Test test = conditions.test(arguments.get(0));
            Text yes = compile(arguments.get(1));
            Text no = compile(arguments.get(2));
            return event -> test.holds(event) ? yes.of(event) : no.of(event);
        }
        if (Trees.isCall(tree, "_+_")) {
            Text left = compile(tree.call().args().get(0));
            Text right = compile(tree.call().args().get(1));
            return event -> left.of(event).concat(right.of(event));
        }
        throw Trees.notCovered(tree);
    }
}
