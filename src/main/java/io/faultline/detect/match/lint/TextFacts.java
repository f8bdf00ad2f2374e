package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree.Leaf;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What literals say of one text. */
final class TextFacts {

    private TextFacts() {}

    /** Whether there is a text for which all hold. */
    static boolean arePossible(List<Literal> literals) {
        Optional<Literal> listing = literals.stream().filter(TextFacts::lists).findFirst();
        if (listing.isPresent()) {
            return listing.get().leaf().constants().stream()
                    .map(Object::toString)
                    .anyMatch(text -> literals.stream().allMatch(literal -> holds(literal, text)));
        }
        List<String> beginnings = constants(literals, "startsWith");
        List<String> endings = constants(literals, "endsWith");
        return agree(beginnings, (a, b) -> a.startsWith(b)) && agree(endings, (a, b) -> a.endsWith(b));
    }

    /** Whether a literal holds for a text; what can not be told holds. */
    static boolean holds(Literal literal, String text) {
        Leaf leaf = literal.leaf();
        List<Object> constants = leaf.constants();
        return switch (leaf.operator()) {
            case "==", "in" -> constants.contains(text) == literal.wanted();
            case "!=" -> constants.contains(text) != literal.wanted();
            case "has" -> !literal.wanted() || !text.isEmpty();
            case "contains" -> text.contains(first(leaf)) == literal.wanted();
            case "startsWith" -> text.startsWith(first(leaf)) == literal.wanted();
            case "endsWith" -> text.endsWith(first(leaf)) == literal.wanted();
            case "matches" ->
                com.google.re2j.Pattern.compile(first(leaf)).matcher(text).find() == literal.wanted();
            default -> true;
        };
    }

    /** Whether it leaves only the texts that it names. */
    private static boolean lists(Literal literal) {
        String operator = literal.leaf().operator();
        return literal.wanted() ? operator.equals("==") || operator.equals("in") : operator.equals("!=");
    }

    private static List<String> constants(List<Literal> literals, String operator) {
        return literals.stream()
                .filter(literal -> literal.wanted() && literal.leaf().operator().equals(operator))
                .map(literal -> first(literal.leaf()))
                .collect(Collectors.toList());
    }

    private static boolean agree(List<String> texts, java.util.function.BiPredicate<String, String> covers) {
        return texts.stream().allMatch(a -> texts.stream().allMatch(b -> covers.test(a, b) || covers.test(b, a)));
    }

    private static String first(Leaf leaf) {
        return leaf.constants().get(0).toString();
    }
}
