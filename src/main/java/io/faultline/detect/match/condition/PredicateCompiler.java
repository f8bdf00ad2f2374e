package io.faultline.detect.match.condition;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.faultline.detect.match.condition.ConditionCompiler.NotCovered;
import io.faultline.settings.NearestWord;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A checked CEL tree to plain predicates: no boxing, no maps, no regex other than RE2/J's.
 *
 * <p>One rule beyond CEL: a comparison with a measure that the event does not have is false, whatever the comparison;
 * in CEL it would be an error.
 */
final class PredicateCompiler {

    private final CelExpr tree;
    private final Set<String> measures = new HashSet<>();
    private final TextCompiler texts;
    private final NumberCompiler numbers;

    PredicateCompiler(CelAbstractSyntaxTree checked) {
        tree = checked.getExpr();
        texts = new TextCompiler(checked, this);
        numbers = new NumberCompiler(checked, this, texts, measures);
    }

    /**
     * Compiles a tree that the checker found to be of type bool.
     *
     * @throws NotCovered where it uses what is not covered
     */
    Condition compile() {
        return new Condition(test(tree), DemandReader.read(tree), measures);
    }

    /** Compiles a tree that the checker found to be a number. */
    Quantity compileNumber() {
        return numbers.compile(tree);
    }

    /** Compiles a tree that the checker found to be a text. */
    Text compileText() {
        return texts.compile(tree);
    }

    Condition.Test test(CelExpr tree) {
        if (Trees.isConstant(tree) && tree.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
            boolean value = tree.constant().booleanValue();
            return event -> value;
        }
        if (tree.getKind() == Kind.SELECT && tree.select().testOnly()) {
            return presence(tree);
        }
        if (tree.getKind() != Kind.CALL) {
            throw Trees.notCovered(tree);
        }
        CelCall call = tree.call();
        return switch (call.function()) {
            case "_&&_", "_||_", "!_", "_?_:_" -> connective(call.function(), call.args());
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" ->
                comparison(call.function(), call.args().get(0), call.args().get(1));
            case "@in" -> membership(call.args().get(0), call.args().get(1));
            case "isNan" -> {
                Quantity number = numbers.compile(call.args().get(0));
                yield event -> Double.isNaN(number.of(event)) && number.known(event);
            }
            case "isInf" -> {
                Quantity number = numbers.compile(call.args().get(0));
                yield event -> Double.isInfinite(number.of(event));
            }
            case "contains", "startsWith", "endsWith", "matches" -> textTest(call);
            case "containsAny", "startsWithAny", "endsWithAny" -> anyTextTest(call);
            default -> throw Trees.notCovered(tree);
        };
    }

    private Condition.Test connective(String operator, List<CelExpr> arguments) {
        Condition.Test first = test(arguments.get(0));
        if (operator.equals("!_")) {
            return event -> !first.holds(event);
        }
        Condition.Test second = test(arguments.get(1));
        if (operator.equals("_&&_")) {
            return event -> first.holds(event) && second.holds(event);
        }
        if (operator.equals("_||_")) {
            return event -> first.holds(event) || second.holds(event);
        }
        Condition.Test third = test(arguments.get(2));
        return event -> first.holds(event) ? second.holds(event) : third.holds(event);
    }

    private Condition.Test presence(CelExpr tree) {
        String field = tree.select().field();
        if (Trees.isIdentifier(tree.select().operand(), "measures")) {
            measures.add(field);
            return event -> event.measures().has(field);
        }
        return event -> event.attributes().has(field);
    }

    private Condition.Test comparison(String operator, CelExpr left, CelExpr right) {
        if (numbers.isNumber(left) && numbers.isNumber(right)) {
            return compare(operator, numbers.compile(left), numbers.compile(right));
        }
        if (!texts.isText(left) || !texts.isText(right)) {
            throw Trees.notCovered(left);
        }
        checkKind(left, right);
        checkKind(right, left);
        Text a = texts.compile(left);
        Text b = texts.compile(right);
        return switch (operator) {
            case "_==_" -> event -> a.of(event).equals(b.of(event));
            case "_!=_" -> event -> !a.of(event).equals(b.of(event));
            case "_<_" -> event -> a.of(event).compareTo(b.of(event)) < 0;
            case "_<=_" -> event -> a.of(event).compareTo(b.of(event)) <= 0;
            case "_>_" -> event -> a.of(event).compareTo(b.of(event)) > 0;
            default -> event -> a.of(event).compareTo(b.of(event)) >= 0;
        };
    }

    /** A number that is not known is NaN, and what compares with NaN is false; but for {@code !=}, which has to ask. */
    private static Condition.Test compare(String operator, Quantity a, Quantity b) {
        return switch (operator) {
            case "_==_" -> event -> a.of(event) == b.of(event);
            case "_!=_" -> event -> a.of(event) != b.of(event) && a.known(event) && b.known(event);
            case "_<_" -> event -> a.of(event) < b.of(event);
            case "_<=_" -> event -> a.of(event) <= b.of(event);
            case "_>_" -> event -> a.of(event) > b.of(event);
            default -> event -> a.of(event) >= b.of(event);
        };
    }

    private Condition.Test membership(CelExpr member, CelExpr list) {
        List<CelExpr> elements = elements(list);
        if (numbers.isNumber(member)) {
            Quantity number = numbers.compile(member);
            double[] accepted = elements.stream()
                    .mapToDouble(element -> Trees.numberConstant(element) + 0.0)
                    .sorted()
                    .toArray();
            // + 0.0: to the search -0.0 is another number than 0.0
            return event -> Arrays.binarySearch(accepted, number.of(event) + 0.0) >= 0;
        }
        elements.forEach(element -> checkKind(member, element));
        Text text = texts.compile(member);
        Set<String> accepted = new HashSet<>();
        elements.forEach(element -> accepted.add(Trees.textConstant(element)));
        return event -> accepted.contains(text.of(event));
    }

    private static List<CelExpr> elements(CelExpr list) {
        if (list.getKind() != Kind.LIST) {
            throw new NotCovered("a list of constants is needed here");
        }
        return list.list().elements();
    }

    private Condition.Test textTest(CelCall call) {
        // "a.contains(b)" and, for matches only, also "matches(a, b)"
        CelExpr subject = call.target().orElseGet(() -> call.args().get(0));
        CelExpr argument = call.args().get(call.args().size() - 1);
        Text text = texts.compile(subject);
        String literal = Trees.textConstant(argument);
        return switch (call.function()) {
            case "contains" -> event -> text.of(event).contains(literal);
            case "startsWith" -> event -> text.of(event).startsWith(literal);
            case "endsWith" -> event -> text.of(event).endsWith(literal);
            default -> {
                com.google.re2j.Pattern pattern = pattern(literal);
                yield event -> pattern.matcher(text.of(event)).find();
            }
        };
    }

    private Condition.Test anyTextTest(CelCall call) {
        Text text = texts.compile(call.target().orElseThrow());
        String[] words =
                elements(call.args().get(0)).stream().map(Trees::textConstant).toArray(String[]::new);
        return switch (call.function()) {
            case "containsAny" -> event -> any(words, text.of(event)::contains);
            case "startsWithAny" -> event -> any(words, text.of(event)::startsWith);
            default -> event -> any(words, text.of(event)::endsWith);
        };
    }

    private static boolean any(String[] words, java.util.function.Predicate<String> test) {
        for (String word : words) {
            if (test.test(word)) {
                return true;
            }
        }
        return false;
    }

    private static com.google.re2j.Pattern pattern(String literal) {
        try {
            return com.google.re2j.Pattern.compile(literal);
        } catch (PatternSyntaxException e) {
            throw new NotCovered("\"" + literal + "\" is no pattern: " + e.getDescription());
        }
    }

    private static void checkKind(CelExpr identifier, CelExpr constant) {
        if (Trees.isIdentifier(identifier, "kind") && Trees.isConstant(constant)) {
            String kind = Trees.textConstant(constant);
            if (!Vocabulary.KINDS.contains(kind)) {
                throw new NotCovered("unknown kind \"" + kind + "\"" + NearestWord.hint(kind, Vocabulary.KINDS));
            }
        }
    }
}
