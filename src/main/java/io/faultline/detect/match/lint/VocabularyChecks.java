package io.faultline.detect.match.lint;

import io.faultline.detect.match.condition.ConditionTree.Leaf;
import io.faultline.model.AttributeNames;
import io.faultline.model.EventKind;
import io.faultline.model.MeasureNames;
import io.faultline.settings.NearestWord;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Whether events of the kinds that a condition names have what it asks for, by docs/KINDS.md. */
final class VocabularyChecks {

    /** These take whatever a line or a metric's labels hold. */
    private static final Set<String> OPEN =
            Set.of(EventKind.LOG_OTHER.id(), EventKind.METRIC_SAMPLE.id(), EventKind.ALERT.id());

    private static final Set<String> OF_ANY_KIND = Set.of("occurrences", "redacted");

    private final Set<String> formats;

    /** @param formats the names of all parsers; empty where they are not known */
    VocabularyChecks(Set<String> formats) {
        this.formats = formats;
    }

    void check(LintedRule rule, Report report) {
        for (LintedCondition condition : rule.allConditions()) {
            Set<String> told = new TreeSet<>();
            for (List<Literal> literals : condition.cases().possible()) {
                Set<String> kinds = new Facts(literals).kinds();
                for (Literal literal : literals) {
                    if (literal.wanted() && told.add(literal.leaf().text())) {
                        leaf(literal.leaf(), kinds, condition.path(), report);
                    }
                }
            }
            condition.tree().leaves().forEach(leaf -> words(leaf, condition.path(), report));
        }
        value(rule, report);
    }

    private static void leaf(Leaf leaf, Set<String> kinds, String path, Report report) {
        if (!leaf.measure().isEmpty() && !anyHas(kinds, leaf.measure(), VocabularyChecks::hasMeasure)) {
            report.add(LintCode.MEASURE_NOT_OF_KIND, path, neverHas(kinds, leaf.measure()));
        }
        if (!leaf.attribute().isEmpty() && !anyHas(kinds, leaf.attribute(), VocabularyChecks::hasAttribute)) {
            report.add(LintCode.ATTRIBUTE_NOT_OF_KIND, path, neverHas(kinds, leaf.attribute()));
        }
    }

    private static boolean anyHas(Set<String> kinds, String name, BiPredicate<EventKind, String> has) {
        return OF_ANY_KIND.contains(name)
                || kinds.stream()
                        .anyMatch(kind ->
                                OPEN.contains(kind) || has.test(Objects.requireNonNull(EventKind.ofId(kind)), name));
    }

    /** Whether an event of the kinds can have what {@code attributes.name} says; true for what is no such text. */
    static boolean anyHasAttribute(Set<String> kinds, String field) {
        return !field.startsWith("attributes.")
                || kinds.isEmpty()
                || anyHas(kinds, field.substring("attributes.".length()), VocabularyChecks::hasAttribute);
    }

    private static boolean hasMeasure(EventKind kind, String name) {
        return MeasureNames.ofKind(kind).contains(name);
    }

    private static boolean hasAttribute(EventKind kind, String name) {
        return AttributeNames.ofKind(kind).contains(name);
    }

    private static String neverHas(Set<String> kinds, String name) {
        Set<String> those = new TreeSet<>();
        for (EventKind kind : EventKind.values()) {
            if (hasMeasure(kind, name) || hasAttribute(kind, name)) {
                those.add(kind.id());
            }
        }
        return String.join(", ", kinds) + " never has " + name + "; of these it is: " + String.join(", ", those);
    }

    private void words(Leaf leaf, String path, Report report) {
        Set<String> known = leaf.subject().equals("format") ? formats : AttributeNames.valuesOf(leaf.attribute());
        if (known.isEmpty() || !Set.of("==", "!=", "in").contains(leaf.operator())) {
            return;
        }
        for (Object constant : leaf.constants()) {
            String word = constant.toString();
            if (!word.isEmpty() && !known.contains(word)) {
                LintCode code = leaf.attribute().isEmpty() ? LintCode.UNKNOWN_FORMAT : LintCode.VALUE_NEVER_WRITTEN;
                report.add(code, path, "\"" + word + "\" is never there" + NearestWord.hint(word, known));
            }
        }
    }

    /** The number that a spike and the like compute has to be one of the events that match. */
    private static void value(LintedRule rule, Report report) {
        String value = rule.definition().pattern().value();
        String measure = value.startsWith("measures.") ? value.substring("measures.".length()) : "";
        Set<String> kinds = rule.condition("match").map(LintedCondition::kinds).orElse(Set.of());
        if (MeasureNames.contains(measure)
                && !kinds.isEmpty()
                && !anyHas(kinds, measure, VocabularyChecks::hasMeasure)) {
            report.add(LintCode.MEASURE_NOT_OF_KIND, "value", neverHas(kinds, measure));
        }
    }
}
