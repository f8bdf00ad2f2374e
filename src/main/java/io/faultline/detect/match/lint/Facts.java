package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.detect.match.condition.Vocabulary;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What literals that hold together say of an event, subject by subject. */
final class Facts {

    private final List<Literal> literals;

    Facts(List<Literal> literals) {
        this.literals = literals;
    }

    /** Two of them that no event meets, in words; empty where there are none. */
    String conflict() {
        Map<String, Boolean> answers = new HashMap<>();
        for (Literal literal : literals) {
            Leaf leaf = literal.leaf();
            if (leaf.operator().equals(Boolean.toString(!literal.wanted()))) {
                return leaf.text() + " is a constant";
            }
            Boolean before = answers.put(leaf.text(), literal.wanted());
            if (before != null && before != literal.wanted()) {
                return leaf.text() + " has to hold and not to hold";
            }
        }
        for (var subject : bySubject().entrySet()) {
            List<Literal> of = subject.getValue();
            boolean possible = isNumber(subject.getKey())
                    ? new NumberFacts(of, subject.getKey().equals("severity")).arePossible()
                    : TextFacts.arePossible(of);
            if (!possible) {
                return of.stream().map(Literal::toString).collect(Collectors.joining(" and "));
            }
        }
        return "";
    }

    /** The ids of the kinds that an event can have. */
    Set<String> kinds() {
        List<Literal> of = bySubject().getOrDefault("kind", List.of());
        return Vocabulary.KINDS.stream()
                .filter(kind -> of.stream().allMatch(literal -> TextFacts.holds(literal, kind)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, List<Literal>> bySubject() {
        return literals.stream()
                .filter(literal -> !literal.leaf().subject().isEmpty())
                .collect(Collectors.groupingBy(
                        literal -> literal.leaf().subject(), LinkedHashMap::new, Collectors.toList()));
    }

    private static boolean isNumber(String subject) {
        return subject.startsWith("measures.") || subject.equals("severity");
    }
}
