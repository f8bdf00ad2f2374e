package io.faultline.detect.match.condition;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.faultline.detect.match.condition.ConditionCompiler.NotCovered;
import io.faultline.model.Entity;
import io.faultline.model.LogEvent;
import io.faultline.settings.NearestWord;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked CEL tree to plain predicates: no boxing, no maps, no regex other than RE2/J's.
 *
 * <p>One rule beyond CEL: a comparison with a measure that the event does not have is false, whatever the comparison;
 * in CEL it would be an error. An absent attribute or entity part is the empty text.
 */
public final class PredicateCompiler {

    private final Set<String> measures = new HashSet<>();

    /**
     * Compiles a tree that the checker found to be of type bool.
     *
     * @throws NotCovered where it uses what is not covered
     */
    Condition compile(CelExpr tree) {
        Condition.Test test = test(tree);
        Set<String> kinds = kinds(tree);
        return new Condition(test, kinds == null ? Set.of() : kinds, measures);
    }

    /** Compiles a tree that the checker found to be a number. */
    Quantity compileNumber(CelExpr tree) {
        return number(tree);
    }

    /** Compiles a tree that the checker found to be a text. */
    Text compileText(CelExpr tree) {
        return text(tree);
    }

    private Condition.Test test(CelExpr tree) {
        if (tree.getKind() == Kind.CONSTANT && tree.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE) {
            boolean value = tree.constant().booleanValue();
            return event -> value;
        }
        if (tree.getKind() == Kind.SELECT && tree.select().testOnly()) {
            return presence(tree);
        }
        if (tree.getKind() != Kind.CALL) {
            throw notCovered(tree);
        }
        CelCall call = tree.call();
        List<CelExpr> arguments = call.args();
        switch (call.function()) {
            case "_&&_" -> {
                Condition.Test left = test(arguments.get(0));
                Condition.Test right = test(arguments.get(1));
                return event -> left.holds(event) && right.holds(event);
            }
            case "_||_" -> {
                Condition.Test left = test(arguments.get(0));
                Condition.Test right = test(arguments.get(1));
                return event -> left.holds(event) || right.holds(event);
            }
            case "!_" -> {
                Condition.Test inner = test(arguments.get(0));
                return event -> !inner.holds(event);
            }
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" -> {
                return comparison(call.function(), arguments.get(0), arguments.get(1));
            }
            case "@in" -> {
                return membership(arguments.get(0), arguments.get(1));
            }
            case "isNan" -> {
                Quantity number = number(arguments.get(0));
                return event -> number.known(event) && Double.isNaN(number.of(event));
            }
            case "isInf" -> {
                Quantity number = number(arguments.get(0));
                return event -> number.known(event) && Double.isInfinite(number.of(event));
            }
            case "contains", "startsWith", "endsWith", "matches" -> {
                return textTest(call);
            }
            default -> throw notCovered(tree);
        }
    }

    private Condition.Test presence(CelExpr tree) {
        String field = tree.select().field();
        if (isIdentifier(tree.select().operand(), "measures")) {
            measures.add(field);
            return event -> event.measures().has(field);
        }
        return event -> event.attributes().has(field);
    }

    private Condition.Test comparison(String operator, CelExpr left, CelExpr right) {
        if (isNumber(left) && isNumber(right)) {
            return compare(operator, number(left), number(right));
        }
        if (!isText(left) || !isText(right)) {
            throw notCovered(left);
        }
        checkKind(left, right);
        checkKind(right, left);
        Text a = text(left);
        Text b = text(right);
        return switch (operator) {
            case "_==_" -> event -> a.of(event).equals(b.of(event));
            case "_!=_" -> event -> !a.of(event).equals(b.of(event));
            case "_<_" -> event -> a.of(event).compareTo(b.of(event)) < 0;
            case "_<=_" -> event -> a.of(event).compareTo(b.of(event)) <= 0;
            case "_>_" -> event -> a.of(event).compareTo(b.of(event)) > 0;
            default -> event -> a.of(event).compareTo(b.of(event)) >= 0;
        };
    }

    private static Condition.Test compare(String operator, Quantity a, Quantity b) {
        return switch (operator) {
            case "_==_" -> event -> a.known(event) && b.known(event) && a.of(event) == b.of(event);
            case "_!=_" -> event -> a.known(event) && b.known(event) && a.of(event) != b.of(event);
            case "_<_" -> event -> a.known(event) && b.known(event) && a.of(event) < b.of(event);
            case "_<=_" -> event -> a.known(event) && b.known(event) && a.of(event) <= b.of(event);
            case "_>_" -> event -> a.known(event) && b.known(event) && a.of(event) > b.of(event);
            default -> event -> a.known(event) && b.known(event) && a.of(event) >= b.of(event);
        };
    }

    private Condition.Test membership(CelExpr member, CelExpr list) {
        if (list.getKind() != Kind.LIST) {
            throw new NotCovered("\"in\" needs a list of constants behind it");
        }
        List<CelExpr> elements = list.list().elements();
        if (isNumber(member)) {
            Quantity number = number(member);
            double[] accepted = elements.stream()
                    .mapToDouble(PredicateCompiler::numberConstant)
                    .sorted()
                    .toArray();
            return event -> number.known(event) && Arrays.binarySearch(accepted, number.of(event)) >= 0;
        }
        elements.forEach(element -> checkKind(member, element));
        Text text = text(member);
        Set<String> accepted = new HashSet<>();
        elements.forEach(element -> accepted.add(textConstant(element)));
        return event -> accepted.contains(text.of(event));
    }

    private Condition.Test textTest(CelCall call) {
        // "a.contains(b)" and, for matches only, also "matches(a, b)"
        CelExpr subject = call.target().orElseGet(() -> call.args().get(0));
        CelExpr argument = call.args().get(call.args().size() - 1);
        Text text = text(subject);
        String literal = textConstant(argument);
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

    private static com.google.re2j.Pattern pattern(String literal) {
        try {
            return com.google.re2j.Pattern.compile(literal);
        } catch (PatternSyntaxException e) {
            throw new NotCovered("\"" + literal + "\" is no pattern: " + e.getDescription());
        }
    }

    private Quantity number(CelExpr tree) {
        if (tree.getKind() == Kind.CONSTANT) {
            double value = numberConstant(tree);
            return event -> value;
        }
        if (isIdentifier(tree, "severity")) {
            return LogEvent::severityNumber;
        }
        if (tree.getKind() == Kind.SELECT && isIdentifier(tree.select().operand(), "measures")) {
            return measure(tree.select().field());
        }
        throw notCovered(tree);
    }

    private Quantity measure(String name) {
        measures.add(name);
        return new Quantity() {
            @Override
            public double of(LogEvent event) {
                return event.measures().getOr(name, Double.NaN);
            }

            @Override
            public boolean known(LogEvent event) {
                return event.measures().has(name);
            }
        };
    }

    private static Text text(CelExpr tree) {
        if (tree.getKind() == Kind.CONSTANT) {
            String value = textConstant(tree);
            return event -> value;
        }
        if (tree.getKind() == Kind.SELECT && isIdentifier(tree.select().operand(), "attributes")) {
            String name = tree.select().field();
            return event -> orEmpty(event.attributes().get(name));
        }
        if (tree.getKind() != Kind.IDENT) {
            throw notCovered(tree);
        }
        String name = tree.ident().name();
        return switch (name) {
            case "kind" -> event -> event.kind().id();
            case "format" -> LogEvent::format;
            case "message" -> LogEvent::message;
            default -> {
                Entity.Level level = Entity.Level.valueOf(name.toUpperCase(Locale.ROOT));
                yield event -> orEmpty(event.entity().get(level));
            }
        };
    }

    /** The kinds that a tree can hold for; null for all. */
    private static @Nullable Set<String> kinds(CelExpr tree) {
        if (tree.getKind() != Kind.CALL) {
            return null;
        }
        List<CelExpr> arguments = tree.call().args();
        switch (tree.call().function()) {
            case "_&&_" -> {
                Set<String> left = kinds(arguments.get(0));
                Set<String> right = kinds(arguments.get(1));
                if (left == null || right == null) {
                    return left == null ? right : left;
                }
                Set<String> both = new HashSet<>(left);
                both.retainAll(right);
                return both.isEmpty() ? left : both;
            }
            case "_||_" -> {
                Set<String> left = kinds(arguments.get(0));
                Set<String> right = kinds(arguments.get(1));
                if (left == null || right == null) {
                    return null;
                }
                Set<String> either = new HashSet<>(left);
                either.addAll(right);
                return either;
            }
            case "_==_" -> {
                boolean kindFirst = isIdentifier(arguments.get(0), "kind");
                CelExpr other = arguments.get(kindFirst ? 1 : 0);
                boolean decided =
                        (kindFirst || isIdentifier(arguments.get(1), "kind")) && other.getKind() == Kind.CONSTANT;
                return decided ? Set.of(textConstant(other)) : null;
            }
            case "@in" -> {
                if (!isIdentifier(arguments.get(0), "kind")) {
                    return null;
                }
                Set<String> listed = new HashSet<>();
                arguments.get(1).list().elements().forEach(element -> listed.add(textConstant(element)));
                return listed;
            }
            default -> {
                return null;
            }
        }
    }

    private static void checkKind(CelExpr identifier, CelExpr constant) {
        if (isIdentifier(identifier, "kind") && constant.getKind() == Kind.CONSTANT) {
            String kind = textConstant(constant);
            if (!Vocabulary.KINDS.contains(kind)) {
                throw new NotCovered("unknown kind \"" + kind + "\"" + NearestWord.hint(kind, Vocabulary.KINDS));
            }
        }
    }

    private static boolean isNumber(CelExpr tree) {
        return switch (tree.getKind()) {
            case CONSTANT ->
                tree.constant().getKind() != CelConstant.Kind.STRING_VALUE
                        && tree.constant().getKind() != CelConstant.Kind.BOOLEAN_VALUE;
            case IDENT -> isIdentifier(tree, "severity");
            case SELECT ->
                isIdentifier(tree.select().operand(), "measures")
                        && !tree.select().testOnly();
            default -> false;
        };
    }

    private static boolean isText(CelExpr tree) {
        return switch (tree.getKind()) {
            case CONSTANT -> tree.constant().getKind() == CelConstant.Kind.STRING_VALUE;
            case IDENT -> !isIdentifier(tree, "severity");
            case SELECT ->
                isIdentifier(tree.select().operand(), "attributes")
                        && !tree.select().testOnly();
            default -> false;
        };
    }

    private static boolean isIdentifier(CelExpr tree, String name) {
        return tree.getKind() == Kind.IDENT && tree.ident().name().equals(name);
    }

    private static double numberConstant(CelExpr tree) {
        if (tree.getKind() == Kind.CONSTANT) {
            switch (tree.constant().getKind()) {
                case INT64_VALUE -> {
                    return tree.constant().int64Value();
                }
                case DOUBLE_VALUE -> {
                    return tree.constant().doubleValue();
                }
                default -> {}
            }
        }
        throw notCovered(tree);
    }

    private static String textConstant(CelExpr tree) {
        if (tree.getKind() == Kind.CONSTANT && tree.constant().getKind() == CelConstant.Kind.STRING_VALUE) {
            return tree.constant().stringValue();
        }
        throw new NotCovered("a text in quotes is needed here, to be known before any event comes");
    }

    private static NotCovered notCovered(CelExpr tree) {
        String what = tree.getKind() == Kind.CALL
                ? "\"" + tree.call().function().replace("_", "") + "\""
                : "this use of a " + tree.getKind().name().toLowerCase(Locale.ROOT);
        return new NotCovered(what + " is not covered in conditions; there are && || ! == != < <= > >= in, has,"
                + " contains, startsWith, endsWith, matches, isNan and isInf");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
