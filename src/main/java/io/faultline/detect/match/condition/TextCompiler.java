package io.faultline.detect.match.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.SimpleType;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
        Optional<String> attribute = Trees.field(tree, "attributes");
        if (attribute.isPresent()) {
            String name = attribute.get();
            return event -> orEmpty(event.attributes().get(name));
        }
        return tree.getKind() == Kind.IDENT ? identifier(tree.ident().name()) : call(tree);
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

    private static Text identifier(String name) {
        return switch (name) {
            case "kind" -> event -> event.kind().id();
            case "format" -> LogEvent::format;
            case "message" -> LogEvent::message;
            default -> {
                Entity.Level level = Entity.Level.ofField(name);
                yield event -> orEmpty(event.entity().get(level));
            }
        };
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
